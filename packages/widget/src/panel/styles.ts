import type { DisplayPosition } from '@heed/contract'

/**
 * The host keeps nothing of the page's styles: `!important` inside a shadow tree wins over `!important` outside, even
 * over `* { all: unset !important }`. `position` is taken apart, never copied into the sheet.
 */
export const hostCss = (position: DisplayPosition = 'bottom-end') => `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  z-index: 2147483647 !important;
  inset-block: ${position.startsWith('top') ? '24px auto' : 'auto 24px'} !important;
  inset-inline: ${position.endsWith('start') ? '24px auto' : 'auto 24px'} !important;
}
`

/** Pixels only (a page may set any root font size), logical sides only, no colour as the only signal. */
export const panelCss = `
* { box-sizing: border-box; margin: 0; }
.card {
  --bg: #fff; --fg: #18181b; --soft: #63636b; --line: rgb(24 24 27 / .14); --key: rgb(24 24 27 / .055); --bad: #b42318;
  --shadow: rgb(16 16 24 / .16);
  --hover: color-mix(in srgb, var(--accent) 12%, var(--bg));
  --inner: min(12px, calc(var(--radius) * .6));
  position: relative;
  width: 400px;
  max-width: calc(100vw - 48px);
  max-height: calc(100vh - 48px - var(--covered, 0px));
  overflow: auto;
  overscroll-behavior: contain;
  padding: 24px;
  border: 1px solid transparent;
  border-radius: var(--radius);
  background: var(--bg);
  color: var(--fg);
  box-shadow: 0 0 0 1px var(--line), 0 2px 6px var(--shadow), 0 20px 48px -12px var(--shadow);
  font: 400 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
  translate: 0 calc(var(--covered, 0px) * -1);
}
.dark {
  --bg: #1d1d21; --fg: #f4f4f5; --soft: #a9a9b4; --line: rgb(255 255 255 / .16); --key: rgb(255 255 255 / .08); --bad: #ff9c8f;
  --shadow: rgb(0 0 0 / .5);
  color-scheme: dark;
}
:lang(ko) { word-break: keep-all; }
:lang(ja) { word-break: auto-phrase; line-break: strict; }
h2 { padding-inline-end: 32px; font: inherit; font-size: 18px; font-weight: 600; line-height: 1.4; text-wrap: pretty; outline: 0; }
small { font-size: 13px; font-weight: 400; color: var(--soft); }
#hint { margin-block-start: 6px; font-size: 14px; color: var(--soft); }
#error { margin-block-start: 10px; font-size: 14px; color: var(--bad); }
#error:empty, .foot:empty { display: none; }
button, input, textarea { font: inherit; color: inherit; border: 1px solid transparent; background: none; padding: 0; }
button { cursor: pointer; touch-action: manipulation; -webkit-tap-highlight-color: transparent; user-select: none; }
:focus-visible { outline: 2px solid var(--fg); outline-offset: 2px; }
svg { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }
.status { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.close { position: absolute; inset-block-start: 8px; inset-inline-end: 8px; width: 44px; height: 44px; border-radius: 50%; color: var(--soft); }
.close svg { width: 26px; margin: auto; }
.close:hover { background: var(--key); color: var(--fg); }

.scale { margin-block-start: 18px; }
.steps { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; }
.steps button { height: 44px; border: solid transparent; border-width: 0 2px; border-radius: 10px; background: var(--key) padding-box; font-weight: 500; font-variant-numeric: tabular-nums; }
.steps button:hover { background-color: var(--hover); }
.scale [aria-checked=true] { background-color: var(--accent); color: var(--on); }
.ends { display: flex; justify-content: space-between; gap: 16px; margin-block-start: 8px; font-size: 13px; color: var(--soft); }
.ends :last-child { text-align: end; }
.list { display: grid; gap: 8px; }
.list button { min-height: 48px; padding: 10px 16px; border-color: var(--line); border-radius: var(--inner); text-align: start; }
.list button:hover { background: var(--hover); }

input, textarea { display: block; width: 100%; margin-block-start: 16px; padding: 12px 14px; border-color: var(--line); border-radius: var(--inner); font-size: 16px; }
textarea { min-height: 104px; resize: none; field-sizing: content; }
::placeholder { color: var(--soft); opacity: 1; }
.left { margin-block-start: 4px; font-size: 13px; color: var(--soft); text-align: end; }

.foot { display: flex; align-items: center; gap: 8px; margin-block-start: 16px; }
.foot i { flex: 1; }
.foot button { min-height: 44px; padding: 0 14px; border-radius: var(--inner); color: var(--soft); }
.foot .main { padding: 0 22px; background: var(--accent); color: var(--on); font-weight: 600; }

.ending { text-align: center; }
.ending svg { width: 48px; margin: 8px auto 14px; }
.ending h2 { padding: 0 32px; }

@media (max-width: 480px) {
  :host { inset-block: auto 0 !important; inset-inline: 0 !important; }
  .card { width: auto; max-width: none; border-end-start-radius: 0; border-end-end-radius: 0; padding: 20px 20px calc(20px + env(safe-area-inset-bottom)); }
}
@media (prefers-reduced-motion: no-preference) {
  .card { animation: in .36s cubic-bezier(.2, .8, .2, 1); }
  .step { animation: step .24s ease-out; }
}
@keyframes in { from { opacity: 0; transform: translateY(16px); } }
@keyframes step { from { opacity: 0; transform: translateY(6px); } }
`
