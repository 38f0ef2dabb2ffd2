/**
 * The style sheet of the card and of what every surface and question shares, written tight, as nothing minifies a
 * string.
 *
 * The host keeps nothing of the page's styles: `!important` inside a shadow tree wins over `!important` outside, even
 * over `* { all: unset !important }`. Pixels only (a page may set any root font size), logical sides only, no colour
 * as the only signal.
 */
export const cardCss = `
:host{
all:initial!important;
display:block!important;
position:fixed!important;
z-index:2147483647!important;
inset-block:auto 24px!important;
inset-inline:auto 24px!important
}
:host([class*=top]){inset-block:24px auto!important}
:host([class*=start]){inset-inline:24px auto!important}
*{box-sizing:border-box;margin:0}
.card{
--covered:0px;
--bg:#fff;
--fg:#1c1c20;
--soft:#66666e;
--line:color-mix(in srgb,var(--fg) 15%,transparent);
--key:color-mix(in srgb,var(--fg) 7%,transparent);
--bad:#b42318;
--shade:#10101826;
--hover:color-mix(in srgb,var(--accent) 16%,var(--bg));
--ring:color-mix(in srgb,var(--accent) 60%,var(--fg));
--inner:min(10px,var(--radius) * .6);
position:relative;
width:400px;
max-height:calc(100dvh - 48px - var(--covered));
overflow:auto;
overscroll-behavior:contain;
overflow-wrap:anywhere;
padding:24px;
border:1px solid var(--line);
border-radius:var(--radius);
background:var(--bg);
color:var(--fg);
box-shadow:0 2px 8px var(--shade),0 12px 48px var(--shade);
font:15px/1.45 system-ui,sans-serif;
translate:0 calc(var(--pulled,0px) - var(--covered))
}
.dark{
--bg:#1d1d21;
--fg:#f4f4f5;
--soft:#a6a6b0;
--bad:#ff9c8f;
--shade:#0008;
color-scheme:dark
}
:lang(ko){word-break:keep-all}
:lang(ja),:lang(zh){text-wrap:pretty}
:lang(ja){word-break:auto-phrase}
button,input,textarea{
padding:0;
border:1px solid transparent;
border-radius:var(--inner);
background:none;
font:inherit;
color:inherit
}
button{min-height:44px;cursor:pointer;-webkit-tap-highlight-color:transparent}
:not(h2):focus-visible{outline:2px solid var(--ring);outline-offset:2px}
svg{display:block;width:48px;margin:auto;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
[role=status]{position:fixed;clip-path:inset(50%);white-space:nowrap}
.close{position:absolute;inset-block-start:10px;inset-inline-end:10px;width:44px;border-radius:50%;color:var(--soft)}
.close svg{width:24px}
.close:hover{background:var(--key);color:var(--fg)}
@media(max-width:480px){
:host([class]){inset-block:auto 0!important;inset-inline:0!important}
.card{width:auto;border-radius:var(--radius) var(--radius) 0 0;padding:20px 16px calc(20px + env(safe-area-inset-bottom));--sheet:1}
.card:before{content:"";display:block;width:36px;margin:-12px auto 12px;border-block-start:4px solid var(--line);border-radius:2px}
}
@media(prefers-reduced-motion:no-preference){
.card{animation:in .4s cubic-bezier(.2,.8,.2,1);transition:translate .2s}
button,svg{transition:background-color .15s,transform .15s}
button:active{transform:scale(.94)}
}
@keyframes in{from{opacity:.3;transform:translateY(12px)}}
`
