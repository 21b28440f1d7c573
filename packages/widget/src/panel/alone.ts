// The panel as a page of its own, as a mailed link opens it: there is no page around it, so it keeps its device itself.

import type { ToFrame, ToPage } from '../shared/messages.ts'
import type { Host } from './bridge.ts'
import { keep, keptText } from './store/kept.ts'

/** The proof in a mailed link, once: it is worth nothing a second time, and stands in no history. */
export function takenProof(): string | undefined {
  const proof = /^#return=(.+)$/.exec(location.hash)?.[1]
  if (proof !== undefined) history.replaceState(null, '', location.pathname + location.search)
  return proof
}

export class Alone implements Host {
  readonly #name: string

  constructor(widget: string) {
    this.#name = `device:${widget}`
  }

  listen(heard: (message: ToFrame) => void): void {
    const device = keptText(this.#name)
    const { href: url } = location
    heard({
      kind: 'hello',
      page: { url, title: document.title, referrer: '' },
      isOpen: true,
      ...(device !== undefined && { device }),
    })
  }

  say(message: ToPage): void {
    if (message.kind === 'close') close()
    if (message.kind === 'device') keep(this.#name, message.device ?? undefined)
  }
}
