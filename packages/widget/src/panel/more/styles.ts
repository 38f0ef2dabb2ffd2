/** The style sheet of the rarer questions; it follows that of the others. */
export const moreCss = `
progress{position:absolute;inset:0 0 auto;width:100%;height:3px;appearance:none;border:0}
progress,::-webkit-progress-bar{background:none}
::-webkit-progress-value{background:var(--accent)}
::-moz-progress-bar{background:var(--accent)}
.list button{padding:10px 14px;border-color:var(--line)}
.single{grid:auto / 1fr}
.single button{text-align:start}
.gcr button{padding-inline:6px}
.thumbs svg{width:32px;margin-block-end:4px}
.smileys,.stars{display:flex;gap:0;justify-content:space-between}
:is(.smileys,.stars) [role]{flex:0 1 48px;min-width:0;border-radius:50%;background:none}
:is(.smileys,.stars) svg{width:100%}
.smileys :hover circle{fill:var(--hover)}
.smileys [aria-checked=true] circle{fill:var(--accent)}
.stars svg{stroke:var(--soft)}
.stars :is(:hover,:has(~:hover),[aria-checked=true],:has(~[aria-checked=true])) svg{fill:var(--accent);stroke:var(--ring)}
.list,.consent{hyphens:auto;hyphenate-limit-chars:14 6 6}
[role=checkbox]{display:flex;align-items:center;gap:12px}
[role=checkbox] svg{flex:none;width:22px;margin:0;border:1.5px solid var(--soft);border-radius:6px;stroke:none;stroke-width:3}
.scale [role=checkbox][aria-checked=true]{border-color:var(--accent);background:var(--hover);color:inherit}
[role=checkbox][aria-checked=true] svg{border-color:var(--accent);background:var(--accent);stroke:var(--on)}
.consent{display:flex}
.consent button{flex:none;align-self:start;justify-content:center;width:44px;margin-inline-start:-11px}
.consent h2{padding-block:11px;font-size:15px;font-weight:400;text-wrap:pretty}
label{cursor:pointer}
.link{display:flex;align-items:center;justify-content:center;gap:8px;min-height:44px;margin-block-start:20px;padding:10px 14px;border:1px solid var(--ring);border-radius:var(--inner);color:inherit;font-weight:600;text-decoration:none}
.link:hover{background:var(--hover)}
.link svg{flex:none;width:20px;margin:0}
:host([dir=rtl]) .link svg{transform:scaleX(-1)}
.shot{display:flex;flex-wrap:wrap;gap:0 8px;margin-block-start:12px}
.shot>*{flex:1 1 100%}
.shot button{flex:none;padding:0 14px;border-color:var(--line);color:var(--soft);font-size:14px}
.shot button:hover{background:var(--key);color:var(--fg)}
.shot canvas{display:block;max-width:100%;max-height:160px;margin:0 auto 8px;border:1px solid var(--line);border-radius:var(--inner)}
.shot p{margin-block:0 8px}
:host(.bar) .shot{grid-area:3/2;margin-block-start:8px}
:host(.bar) .shot>*{flex:none;margin:0}
:host(.bar) .shot canvas{max-height:44px;margin:0}
section+section{margin-block-start:28px}
section+section h2{padding:0}
.page .scale{margin-block-start:12px}
@media(forced-colors:active){
.stars [aria-checked=true]{background:none}
.stars svg{stroke:CanvasText}
.stars :is([aria-checked=true],:has(~[aria-checked=true])) svg{fill:Highlight;stroke:Highlight}
.smileys [aria-checked=true] circle{fill:none}
[role=checkbox][aria-checked=true] svg{border-color:currentColor;background:none;stroke:currentColor}
}
`
