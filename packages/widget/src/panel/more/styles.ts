/** The style sheet of the rarer questions; it follows that of the others. */
export const moreCss = `
.single{grid:auto / 1fr}
.list button{padding:10px 14px;border-color:var(--line)}
.single button{text-align:start}
.smileys,.stars{display:flex;justify-content:space-between}
.smileys [role],.stars [role]{border-radius:50%;background:none}
.smileys :hover circle{fill:var(--hover)}
.smileys [aria-checked=true] circle{fill:var(--accent)}
.stars svg{stroke:var(--soft)}
.stars :is(:hover,:has(~:hover),[aria-checked=true],:has(~[aria-checked=true])) svg{fill:var(--accent);stroke:var(--ring)}
@media(prefers-reduced-motion:no-preference){
.scale :hover>svg{transform:translateY(-2px)}
}
`
