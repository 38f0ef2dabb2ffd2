/**
 * The style sheet of the panel, written tight, as nothing minifies a string.
 *
 * The host keeps nothing of the page's styles: `!important` inside a shadow tree wins over `!important` outside, even
 * over `* { all: unset !important }`. Pixels only (a page may set any root font size), logical sides only, no colour
 * as the only signal.
 */
export const panelCss = `
:host{
all:initial!important;
display:block!important;
position:fixed!important;
z-index:2147483647!important;
inset-block:auto 24px!important;
inset-inline:auto 24px!important
}
:host([class^=top]){inset-block:24px auto!important}
:host([class$=start]){inset-inline:24px auto!important}
*{box-sizing:border-box;margin:0}
.card{
--bg:#fff;
--fg:#1c1c20;
--soft:#66666e;
--line:#1c1c2024;
--key:#1c1c200f;
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
translate:0 calc(-1 * var(--covered))
}
.dark{
--bg:#1d1d21;
--fg:#f4f4f5;
--soft:#a6a6b0;
--line:#ffffff26;
--key:#ffffff14;
--bad:#ff9c8f;
--shade:#0008;
color-scheme:dark
}
:lang(ko){word-break:keep-all}
:lang(ja),:lang(zh){text-wrap:pretty}
:lang(ja){word-break:auto-phrase}
h2{padding-inline-end:32px;font-size:17px;font-weight:600;text-wrap:balance;outline:0}
small,#hint,#error,.ends,.left{font-size:13px;font-weight:400;color:var(--soft)}
#hint,#error{margin-block-start:8px;font-size:14px}
#error{color:var(--bad)}
p:empty,div:empty{display:none}
button,input,textarea{
padding:0;
border:1px solid transparent;
border-radius:var(--inner);
background:none;
font:inherit;
color:inherit
}
button{min-height:44px;cursor:pointer;-webkit-tap-highlight-color:transparent}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
svg{display:block;width:48px;margin:auto;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
[role=status]{position:fixed;clip-path:inset(50%);white-space:nowrap}
.close{position:absolute;inset-block-start:10px;inset-inline-end:10px;width:44px;border-radius:50%;color:var(--soft)}
.close svg{width:24px}
.close:hover,.foot :hover{background:var(--key);color:var(--fg)}
.scale{display:grid;grid:auto / auto-flow 1fr;gap:6px;margin-block-start:20px}
.scale button{font-weight:500}
.scale>:hover{background:var(--hover)}
.scale [aria-checked=true]{background:var(--accent);color:var(--on)}
.numbers{gap:4px}
.numbers button{background:var(--key)}
.ends{display:flex;justify-content:space-between;gap:16px;margin-block-start:8px}
.ends :last-child{text-align:end}
.single{grid:auto / 1fr}
.list button{padding:10px 14px;border-color:var(--line)}
.single button{text-align:start}
.smileys,.stars{display:flex;justify-content:space-between}
.smileys [role],.stars [role]{border-radius:50%;background:none}
circle{stroke:none;fill:var(--key)}
.smileys :hover circle{fill:var(--hover)}
.smileys [aria-checked=true] circle,.ending circle{fill:var(--accent)}
.stars svg{stroke:var(--soft)}
.stars :is(:hover,:has(~:hover),[aria-checked=true],:has(~[aria-checked=true])) svg{fill:var(--accent);stroke:var(--ring)}
input,textarea{display:block;width:100%;margin-block-start:16px;padding:12px 14px;border-color:var(--line);font-size:16px;unicode-bidi:plaintext}
input:focus,textarea:focus{outline-offset:-1px}
textarea{min-height:104px;max-height:240px;resize:none;field-sizing:content}
::placeholder{color:var(--soft);opacity:1}
.left{text-align:end}
.foot{display:flex;justify-content:end;gap:8px;margin-block-start:16px}
.foot button{padding:0 14px;color:var(--soft)}
.foot .main{padding:0 22px;background:var(--accent);color:var(--on);font-weight:600}
.foot .back{margin-inline:-14px auto}
[aria-busy=true] :is([aria-checked=true],.main){animation:sending .6s .3s infinite alternate}
.ending{padding-block:12px 4px;text-align:center}
.ending svg{margin-block-end:14px;stroke:var(--on)}
.ending h2{padding-inline:32px}
@media(max-width:480px){
:host([class]){inset-block:auto 0!important;inset-inline:0!important}
.card{width:auto;border-end-start-radius:0;border-end-end-radius:0;padding:20px 16px calc(20px + env(safe-area-inset-bottom))}
.numbers{gap:2px}
.foot .main{flex:1}
}
@media(prefers-reduced-motion:no-preference){
.card,.step{animation:in .4s cubic-bezier(.2,.8,.2,1)}
.step{animation-duration:.25s}
button,svg{transition:background-color .15s,transform .15s}
.scale :hover>svg{transform:translateY(-2px)}
button:active{transform:scale(.94)}
}
@media(forced-colors:active){
.scale [aria-checked=true]{forced-color-adjust:none;background:Highlight;color:HighlightText}
}
@keyframes in{from{opacity:0;transform:translateY(12px)}}
@keyframes sending{to{opacity:.5}}
`
