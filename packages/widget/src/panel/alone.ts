// The panel as a page of its own, as a mailed link opens it: there is no page around it, so it keeps its device itself.

import type { ToFrame, ToPage } from '../shared/messages.ts'
import type { Host } from './bridge.ts'

const NAME = 'sayso-widget-device'

/** The proof in a mailed link, once: it is worth nothing a second time, and stands in no history. */
export function takenProof(): string | undefined {
  const proof = /^#return=(.+)$/.exec(location.hash)?.[1]
  if (proof !== undefined) history.replaceState(null, '', location.pathname + location.search)
  return proof
}

export class Alone implements Host {
  readonly #name: string

  constructor(widget: string) {
    this.#name = `${NAME}:${widget}`
  }

  listen(heard: (message: ToFrame) => void): void {
    const device = kept(() => localStorage.getItem(this.#name))
    const { href: url } = location
    heard({
      kind: 'hello',
      page: { url, title: document.title, referrer: '' },
      isOpen: true,
      ...(device != null && { device }),
    })
  }

  say(message: ToPage): void {
    if (message.kind === 'close') close()
    if (message.kind !== 'device') return
    const { device } = message
    kept(() =>
      device === null
        ? localStorage.removeItem(this.#name)
        : localStorage.setItem(this.#name, device),
    )
  }
}

/** A browser that keeps nothing is one on which one begins anew. */
function kept<V>(run: () => V): V | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
