/** The style sheet of the debug overlay: dark on every page, so that nobody takes it for a part of the shop. */
export const overlayCss = `
:host{
all:initial!important;
display:block!important;
position:fixed!important;
z-index:2147483646!important;
inset:12px auto auto 12px!important;
width:min(380px,100vw - 24px)!important
}
*{box-sizing:border-box;margin:0}
section{
display:flex;
flex-direction:column;
max-height:min(70dvh,640px);
border-radius:12px;
background:#17171b;
color:#f2f2f4;
box-shadow:0 0 0 1px #ffffff2e,0 12px 40px #0007;
font:13px/1.5 system-ui,sans-serif;
overflow-wrap:anywhere;
color-scheme:dark
}
header{display:flex;align-items:center;gap:10px;padding:8px 8px 8px 14px}
header span{flex:1;color:#b4b4be}
button{
min-height:32px;
padding:0 12px;
border:1px solid #ffffff33;
border-radius:8px;
background:#ffffff12;
font:inherit;
color:inherit;
cursor:pointer
}
button:hover{background:#ffffff26}
:focus-visible{outline:2px solid #8ab4ff;outline-offset:2px}
.notice{padding:8px 14px;background:#3b2f0b;color:#ffe08a}
.body{padding:4px 14px 14px;overflow:auto}
.facts{color:#b4b4be}
ul,ol{padding:0;list-style:none}
ul>li{margin-block-start:8px;padding:8px 10px;border:1px solid #ffffff1f;border-radius:10px}
summary{cursor:pointer}
.mark{margin-inline-end:8px;padding:2px 8px;border-radius:99px;font-size:12px;font-weight:600}
.yes{background:#123d25;color:#8ff0b5}
.no{background:#4a1a1a;color:#ffb4ab}
.why{display:block;margin-block-start:4px;color:#ffb4ab}
[open]>summary .why{display:none}
dl{margin-block:8px}
.rule{padding-block:4px;border-block-start:1px solid #ffffff14}
dt{font-weight:600}
dd span,dd code{display:block}
dd span code{display:inline}
.against dt,.against dd{color:#ffb4ab}
code{font:12px/1.5 ui-monospace,monospace;color:#d9d9e3}
h2{margin-block:14px 4px;font-size:13px}
time{color:#b4b4be}
footer{margin-block-start:12px}
[role=status]:not(:empty){padding:8px 14px;border-block-start:1px solid #ffffff1f}
.hidden{position:absolute;clip-path:inset(50%);white-space:nowrap}
`
