// `<script async src="https://chat.example.com/widget.js" data-widget="…">`: one global, `SaysoWidget`. Before the script has
// loaded a page may already say what is to be done: `(window.SaysoWidget ??= []).push(['open'])`.

import { mount, type Widget } from './loader/mount.ts'
import type { Look } from './shared/messages.ts'

type Method = 'open' | 'close' | 'toggle' | 'identify' | 'setAttributes' | 'on' | 'remove'
type Order = readonly [Method, ...unknown[]]
type Global = { SaysoWidget?: Order[] | (Widget & { push(...orders: Order[]): void }) }

/** Put in by the server, for the widgets that may stand on the page that asks: how each looks. */
const LOOKS: Readonly<Record<string, Look>> = JSON.parse(
  '__SAYSO_LOOKS__'.replace(/^__.*__$/, '{}'),
)

const METHODS: readonly Method[] = [
  'open',
  'close',
  'toggle',
  'identify',
  'setAttributes',
  'on',
  'remove',
]

function start(script: HTMLScriptElement): void {
  const { widget = '', colour, position, label, language, identity } = script.dataset
  const global = globalThis as Global
  // Twice on a page is once.
  if (widget === '' || (global.SaysoWidget !== undefined && !Array.isArray(global.SaysoWidget)))
    return
  const waiting = global.SaysoWidget ?? []
  const said: Look = {
    ...(colour !== undefined && { colour }),
    ...((position === 'left' || position === 'right') && { position }),
    ...(label !== undefined && { label }),
  }
  const mounted = mount({
    server: new URL(script.src).origin,
    widget,
    look: { ...LOOKS[widget], ...said },
    ...(language !== undefined && { language }),
    ...(identity !== undefined && { identity }),
  })
  const push = (...orders: Order[]) => {
    for (const [method, ...values] of orders) {
      if (METHODS.includes(method)) (mounted[method] as (...all: unknown[]) => void)(...values)
    }
  }
  const methods = METHODS.map((method) => [method, (mounted[method] as () => void).bind(mounted)])
  const { version } = mounted
  global.SaysoWidget = { ...(Object.fromEntries(methods) as Widget), version, push }
  push(...waiting)
}

const script = document.currentScript
if (script instanceof HTMLScriptElement) {
  if (document.body === null)
    addEventListener('DOMContentLoaded', () => start(script), { once: true })
  else start(script)
}
