/** The style sheet of the questions that every panel can ask, of their buttons and of the ending. */
export const questionsCss = `
h2{padding-inline-end:32px;font-size:17px;font-weight:600;text-wrap:balance;outline:0}
.step p,.ends,small{margin-block-start:8px;font-size:14px;font-weight:400;color:var(--soft)}
small,.ends,.step .left{font-size:13px}
.step [role=alert]{color:var(--bad)}
p:empty,div:empty{display:none}
.foot :hover{background:var(--key);color:var(--fg)}
.scale{display:grid;grid:auto / auto-flow 1fr;gap:6px;margin-block-start:20px}
.scale button{font-weight:500}
.scale>:hover{background:var(--hover)}
.scale [aria-checked=true]{background:var(--accent);color:var(--on)}
.numbers{gap:min(4px,.6vw)}
.numbers button{background:var(--key)}
.ends{display:flex;justify-content:space-between;gap:16px}
.ends :last-child{text-align:end}
circle{stroke:none;fill:var(--key)}
.ending circle{fill:var(--accent)}
input,textarea{display:block;width:100%;margin-block-start:16px;padding:12px 14px;border-color:color-mix(in srgb,var(--fg) 50%,var(--bg));font-size:16px;unicode-bidi:plaintext}
input:focus,textarea:focus{outline-offset:-1px}
textarea{min-height:104px;max-height:240px;resize:none;field-sizing:content}
::placeholder{color:var(--soft);opacity:1}
.left{text-align:end}
.foot{display:flex;flex-wrap:wrap;justify-content:end;gap:8px;margin-block-start:16px}
.foot button{padding:0 14px;color:var(--soft)}
.foot .main{padding:0 22px;background:var(--accent);color:var(--on);font-weight:600}
.foot .back{margin-inline:-14px auto}
[aria-busy=true] :is([aria-checked=true],.main){opacity:.5;transition:opacity .3s .3s}
.ending{padding-block:12px 4px;text-align:center}
.ending svg{margin-block-end:14px;stroke:var(--on)}
.ending h2{padding-inline:32px}
@media(max-width:480px){
.foot .main{flex:1 0 auto}
}
@media(prefers-reduced-motion:no-preference){
.step{animation:in .25s cubic-bezier(.2,.8,.2,1)}
}
@media(forced-colors:active){
.scale [aria-checked=true]{forced-color-adjust:none;background:Highlight;color:HighlightText}
}
`
