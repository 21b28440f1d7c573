// The styles of what stands on the page: launcher and frame. Sizes in pixels: the page's text size is its own.

export const SHEET = `
:host { --fill: var(--light); --on: var(--on-light); --r: 24px; }
@media (prefers-color-scheme: dark) { :host { --fill: var(--dark); --on: var(--on-dark); } }
* { box-sizing: border-box; margin: 0; }
.launch {
  position: fixed; bottom: 24px; right: 24px; width: 56px; height: 56px; padding: 0; border: 0; cursor: pointer;
  display: grid; place-items: center; color: var(--on); background: var(--fill);
  border-radius: 50% 50% 18% 50%; box-shadow: 0 2px 6px rgb(0 0 0 / .16), 0 8px 24px rgb(0 0 0 / .14);
  font: 520 15px/20px system-ui, sans-serif; -webkit-tap-highlight-color: transparent;
}
.launch[hidden], .badge[hidden] { display: none; }
.launch:hover { filter: brightness(1.06); }
.launch:focus-visible { outline: 2px solid #fff; box-shadow: 0 0 0 5px #0b2b33; }
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
.label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.tab { width: auto; height: 44px; padding: 0 18px; grid-auto-flow: column; gap: 10px; bottom: 0; border-radius: 14px 14px 0 0; }
.tab .label { position: static; width: auto; height: auto; clip-path: none; }
p {
  position: fixed; bottom: 92px; right: 24px; max-width: calc(100vw - 48px); padding: 8px 14px; border-radius: 12px; background: #1c2427;
  color: #fff; font: 14px/20px system-ui, sans-serif; box-shadow: 0 4px 20px rgb(0 0 0 / .24);
}
p:empty { display: none; }
.badge {
  position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
  background: #b3261e; color: #fff; font: 640 12px/22px system-ui, sans-serif; text-align: center; border: 0; box-shadow: 0 0 0 2px #fff;
}
:host([left]) .launch { right: auto; left: 24px; border-radius: 50% 50% 50% 18%; }
:host([left]) p { right: auto; left: 24px; }
:host([left]) .tab { border-radius: 14px 14px 0 0; }
.frame {
  position: fixed; right: 24px; bottom: 96px; width: 384px; height: 640px; max-height: calc(100vh - 120px); max-height: calc(100dvh - 120px);
  border: 0; border-radius: 18px 18px 6px 18px; background: transparent; color-scheme: light dark;
  box-shadow: 0 0 0 1px rgb(0 0 0 / .12), 0 12px 48px rgb(0 0 0 / .22); visibility: hidden; opacity: 0; transform: translateY(8px);
}
:host([left]) .frame { right: auto; left: 24px; border-radius: 18px 18px 18px 6px; }
:host([open]) .frame { visibility: visible; opacity: 1; transform: none; }
@media (prefers-reduced-motion: no-preference) {
  .frame { transition: opacity .16s, transform .16s; }
}
@media (max-width: 640px) {
  .frame, :host([left]) .frame { inset: 0; width: 100%; height: 100%; max-height: none; border-radius: 0; box-shadow: none; }
  :host([open]) .launch { display: none; }
}
@media (forced-colors: active) {
  .launch, .badge { border: 1px solid ButtonText; }
  .frame { outline: 1px solid CanvasText; }
}
@media print { :host { display: none; } }
`
