// The panel's side of the talk with the page. Who may frame us the server has said by `frame-ancestors`: only from such a page
// can a greeting come, and whoever greeted first is who is listened to.

import { enveloped, type ToFrame, type ToPage } from '../shared/messages.ts'
import { heardFromPage } from './heard.ts'

/** What the panel needs of whoever shows it. */
export type Host = {
  listen(heard: (message: ToFrame) => void): void
  say(message: ToPage): void
}

export class Bridge implements Host {
  #origin: string | undefined
  #early: ToPage[] = []

  listen(heard: (message: ToFrame) => void): void {
    addEventListener('message', ({ source, origin, data }: MessageEvent) => {
      if (source !== parent || (this.#origin !== undefined && origin !== this.#origin)) return
      const message = heardFromPage(data)
      if (message === undefined) return
      if (message.kind === 'hello') this.#greeted(origin)
      if (this.#origin !== undefined) heard(message)
    })
    // Says nothing of anybody, and the page is not known yet.
    parent.postMessage(enveloped<ToPage>({ kind: 'ready' }), '*')
  }

  say(message: ToPage): void {
    if (this.#origin === undefined) this.#early.push(message)
    else parent.postMessage(enveloped(message), this.#origin)
  }

  #greeted(origin: string): void {
    if (this.#origin !== undefined) return
    this.#origin = origin
    for (const message of this.#early.splice(0)) this.say(message)
  }
}
