/** The style sheet of the surfaces beside popover and sheet, and of what may stand around a panel; it comes last. */
export const surfacesCss = `
[hidden]{display:none!important}
.own{--soft:var(--fg);--bad:var(--fg)}
.compact{padding:16px;font-size:14px}
.compact :is(.scale,.foot){margin-block-start:12px}
.none{box-shadow:none}
.strong{box-shadow:0 4px 12px var(--shade),0 24px 72px var(--shade),0 24px 72px var(--shade)}
.logo{display:block;height:32px;max-width:calc(100% - 48px);margin-block-end:16px}
.snooze{margin:8px -12px -14px}
.snooze button{padding:0 12px;font-size:13px;color:var(--soft)}
.snooze button:hover{background:var(--key);color:var(--fg)}
.snooze svg{display:inline;width:20px;vertical-align:middle}
.snooze [aria-expanded=true] svg{rotate:180deg}
.days{display:grid;margin-block-end:8px;border-block-start:1px solid var(--line)}
.days button{color:var(--fg);text-align:start}
:host(.folded) .card{
display:flex;
flex-wrap:wrap;
align-items:center;
width:auto;
max-width:min(400px,100vw - 32px);
padding:4px;
border-radius:28px
}
:host(.folded) .step{display:none}
.tease{display:flex;flex:1;align-items:center;gap:12px;padding-inline:16px 4px;font-weight:600;text-align:start;text-wrap:balance}
.tease:before{content:"";flex:none;width:10px;height:10px;border-radius:50%;background:var(--accent)}
:host(.folded) :is(.snooze>button,.close){position:static;width:44px;padding:0;border-radius:50%;font-size:0}
:host(.folded) .snooze{display:contents}
:host(.folded) .close{order:1}
:host(.folded) .days{order:2;width:100%;margin:4px 12px 12px;padding-block-start:4px}
:host(.bar){inset-block:auto var(--edge)!important;inset-inline:0!important}
:host(.bar[class*=top]){inset-block:var(--edge) auto!important}
:host(.bar) .card{--inner:10px;width:auto;border-width:1px 0;border-radius:0}
:host(:is(.folded,.bar[class*=top])) .card{--sheet:}
:host(:is(.folded,.tab,.inline,.page,.bar[class*=top])) .card:before{display:none}
dialog{display:block;position:static;border:0;padding:0;background:none}
dialog[open]{
display:grid;
grid:100% 1px / 100%;
place-items:center;
position:fixed;
width:100%;
max-width:none;
height:100%;
max-height:none;
overscroll-behavior:contain;
scrollbar-width:none;
background:#10101873
}
dialog::backdrop{background:none}
:host(.tab){inset-block:0!important;inset-inline:auto -10px!important;height:fit-content!important;margin:auto!important}
:host(.tab[class*=top]){inset-block:0 50%!important}
:host(.tab[class*=start]){inset-inline:-10px auto!important}
:host(.tab) .card{width:auto;padding:0;padding-inline-end:10px;border-color:transparent;border-radius:10px;background:var(--accent);color:var(--on)}
:host(.tab[class*=start]) .card{padding-inline:10px 0}
:host(.tab) button{display:block;writing-mode:vertical-rl;min-width:40px;padding:16px 0;font-weight:600;outline-offset:-4px;outline-color:var(--on)}
:host(:is(.inline,.page)){position:static!important}
:host(.held){display:none!important}
:host(:is(.inline,.page)) .card{width:auto;max-height:none;border-radius:var(--radius);box-shadow:none;animation:none}
:host(:is(.inline,.page)) .close{display:none}
:host(:is(.inline,.page)) h2{padding:0}
:host(.page){display:grid!important;align-items:center!important;min-height:100dvh!important}
:host(.page) .card{width:calc(100% - 32px);max-width:560px;margin:auto}
:host(.page) h2{font-size:22px}
@media(min-width:860px){
:host(.bar) .card{display:flex;align-items:center;gap:24px;padding:12px max(72px,50% - 600px)}
:host(.bar) .step{display:grid;flex:1;grid-template-columns:minmax(0,1fr) minmax(0,max-content) auto;align-items:center;column-gap:32px}
:host(.bar) h2{padding:0}
:host(.bar) :is(progress,#error){grid-column:1/4}
:host(.bar) #hint{grid-area:2/1}
:host(.bar) :is(.scale,textarea,input){grid-area:1/2;margin:0}
:host(.bar) textarea{width:440px;min-height:48px}
:host(.bar) .numbers{grid-auto-columns:44px}
:host(.bar) .list{display:flex;flex-wrap:wrap}
:host(.bar) :is(.ends,.left){grid-area:2/2}
:host(.bar) :is(.foot,.snooze,.ending svg){margin:0}
:host(.bar) .ending{display:flex;justify-content:center;gap:16px;padding:0}
}
@media(max-width:480px){
:host(.folded){inset-block:auto 16px!important;inset-inline:16px!important}
dialog[open]{place-items:end stretch}
}
@media(min-width:481px){
dialog .card{width:440px;padding:32px;translate:0 calc(var(--covered) / -2)}
:host(.page) .card{padding:40px}
}
`
