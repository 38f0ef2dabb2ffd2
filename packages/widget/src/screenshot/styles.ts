/** The style sheet of the layer over the page; it comes after those of the panel, in whose shadow tree the layer stands. */
export const pointCss = `
.point{position:fixed;inset:0;width:auto;height:auto;max-width:none;max-height:none;padding:0;border:0;background:none;overflow:hidden;cursor:crosshair;outline:0!important}
.point i{position:fixed;pointer-events:none}
.mask{background:repeating-conic-gradient(#83838c 0 25%,#9d9da6 0 50%) 0 0 / 14px 14px;border-radius:3px}
.mark{border:2px solid #fff;outline:3px solid #1c1c20;border-radius:6px;box-shadow:0 0 0 200vmax #10101838}
.tools{position:fixed;inset:auto 0 24px;width:fit-content;max-width:min(520px,calc(100% - 32px));margin:auto;padding:20px;border:1px solid var(--line);border-radius:var(--radius);background:var(--bg);color:var(--fg);box-shadow:0 2px 8px #10101826,0 12px 48px #10101840;font-size:15px;line-height:1.45;overflow-wrap:anywhere;cursor:auto}
.tools h2{padding:0}
.tools p{margin-block:4px 8px;font-size:14px;color:var(--soft)}
.tools label{display:flex;align-items:center;gap:10px;min-height:44px;cursor:pointer}
.tools input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--accent)}
.tools .foot{margin-block-start:8px}
.taking .tools{visibility:hidden}
.now:before{content:"";position:fixed;inset:0 0 auto;height:8px;background:linear-gradient(90deg,red 33%,lime 0 66%,blue 0)}
.odd:before{height:9px}
`
