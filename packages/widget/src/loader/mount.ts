// Puts a widget on a page: the launcher at once, the panel when it is first wanted, or in a quiet moment for who comes back.

import type { Attributes, EventDetail, EventName, Look, Place, ToPage } from '../shared/messages.ts'
import { type Frame, frame } from './frame.ts'
import { keptBy } from './kept.ts'
import { labelsIn } from './labels.ts'
import { launcher } from './launcher.ts'
import { Listeners } from './listeners.ts'
import { placeChanges } from './places.ts'

export type WidgetOptions = {
  /** Where the server is: `https://chat.example.com`. */
  readonly server: string
  /** The widget's id, from the desk. */
  readonly widget: string
  /** How the launcher looks until the server has said so. */
  readonly look?: Look
  /** A signed token that says who this is; made by the page's own server. */
  readonly identity?: string
  /** `de`, `pt-BR`, …; default: the page's. */
  readonly language?: string
}

/** What a page can do with its widget. */
export type Widget = {
  readonly version: string
  open(): void
  close(): void
  toggle(): void
  /** Says who this is, by a token that the page's own server signed; null: nobody any more, and the device begins anew. */
  identify(token: string | null): void
  /** What operators see beside the conversation. It is the page's word, not proved. At most 50 short values. */
  setAttributes(attributes: Attributes): void
  /** Returns how to stop listening. */
  on(name: EventName, listener: (detail: EventDetail) => void): () => void
  /** Takes everything off the page. */
  remove(): void
}

/** Replaced by the build. */
declare const __VERSION__: string

export function mount(options: WidgetOptions): Widget {
  return new Mounted({ ...options, server: new URL(options.server).origin })
}

class Mounted implements Widget {
  readonly version = __VERSION__
  readonly #options: WidgetOptions
  readonly #kept: ReturnType<typeof keptBy>
  readonly #launcher = launcher(() => this.toggle())
  readonly #listeners = new Listeners()
  readonly #stop: (() => void)[] = []
  #look: Look
  #frame: Frame | undefined
  #isOpen = false
  #unread = 0
  /** What of the page's title is ours. */
  #sign = ''
  #identity: string | undefined
  #attributes: Attributes | undefined

  constructor(options: WidgetOptions) {
    this.#options = options
    this.#identity = options.identity
    this.#kept = keptBy(options.widget)
    const { look, device, isOpen } = this.#kept.read()
    this.#look = { ...look, ...options.look }
    this.#launcher.dress(this.#look)
    this.#launcher.hide(this.#look.isHidden === true)
    this.#draw()
    this.#stop.push(placeChanges((page) => this.#frame?.say({ kind: 'page', page })))
    // Whoever wrote before may have an answer waiting; whoever comes for the first time loads nothing.
    if (device !== undefined || this.#identity !== undefined) quietly(() => this.#load())
    if (isOpen === true && innerWidth > 640) this.open()
  }

  open(): void {
    this.#set(true)
  }

  close(): void {
    this.#set(false)
  }

  toggle(): void {
    this.#set(!this.#isOpen)
  }

  identify(token: string | null): void {
    this.#identity = token ?? undefined
    if (token === null) this.#kept.write({ device: undefined })
    if (this.#frame === undefined && token !== null) quietly(() => this.#load())
    else this.#frame?.say({ kind: 'identity', token })
  }

  setAttributes(attributes: Attributes): void {
    this.#attributes = { ...this.#attributes, ...attributes }
    this.#frame?.say({ kind: 'attributes', attributes: this.#attributes })
  }

  on(name: EventName, listener: (detail: EventDetail) => void): () => void {
    return this.#listeners.add(name, listener)
  }

  remove(): void {
    for (const stop of this.#stop) stop()
    this.#titled(0)
    this.#frame?.remove()
    this.#frame = undefined
    this.#launcher.remove()
  }

  #set(isOpen: boolean): void {
    if (isOpen === this.#isOpen) return
    this.#isOpen = isOpen
    this.#kept.write({ isOpen })
    if (isOpen) this.#load()
    this.#draw()
    this.#frame?.say({ kind: isOpen ? 'open' : 'close' })
    if (isOpen) this.#frame?.element.focus()
    else this.#launcher.button.focus()
    this.#listeners.tell(isOpen ? 'open' : 'close', {})
  }

  #load(): void {
    if (this.#frame !== undefined) return
    const { server, widget } = this.#options
    this.#frame = frame({
      server,
      widget,
      title: this.#label(),
      into: this.#launcher.root,
      heard: (message) => this.#heard(message),
      lost: () => this.#lost(),
    })
    const { device } = this.#kept.read()
    const [spoken = ''] = this.#languages()
    this.#frame.say({
      kind: 'hello',
      page: placeNow(),
      isOpen: this.#isOpen,
      ...(device !== undefined && { device }),
      ...(this.#identity !== undefined && { identity: this.#identity }),
      ...(this.#attributes !== undefined && { attributes: this.#attributes }),
      ...(spoken !== '' && { language: spoken }),
    })
  }

  /** What does not come is asked for anew with the next press. */
  #lost(): void {
    this.#frame?.remove()
    this.#frame = undefined
    if (!this.#isOpen) return
    this.close()
    this.#launcher.sorry(this.#labels()[1])
  }

  /** The count before the page's own title, where visitors want it. */
  #titled(count: number): void {
    const { title } = document
    const plain = title.startsWith(this.#sign) ? title.slice(this.#sign.length) : title
    this.#sign = count > 0 ? `(${count}) ` : ''
    if (this.#sign + plain !== title) document.title = this.#sign + plain
  }

  #heard(message: ToPage): void {
    switch (message.kind) {
      case 'close':
        return this.close()
      case 'device':
        return this.#kept.write({ device: message.device ?? undefined })
      case 'look':
        return this.#dress(message.look, message.isShown)
      case 'unread':
        this.#unread = message.count
        this.#titled(message.isInTitle ? message.count : 0)
        this.#draw()
        return this.#listeners.tell('unread', { count: message.count })
      case 'event':
        return this.#listeners.tell(message.name, message.detail)
    }
  }

  #dress(look: Look | undefined, isShown: boolean): void {
    this.#launcher.hide(!isShown)
    if (look === undefined) return
    // What the page says of its launcher counts more than what the desk says.
    this.#look = { ...look, ...this.#options.look }
    this.#kept.write({ look })
    this.#launcher.dress(this.#look)
    this.#draw()
  }

  /** As the page says, if it says anything. */
  #languages(): readonly string[] {
    const { language = document.documentElement.lang } = this.#options
    return language === '' ? [] : [language]
  }

  #labels() {
    return labelsIn([...this.#languages(), ...navigator.languages])
  }

  #label(): string {
    return this.#look.label ?? this.#labels()[0]
  }

  #draw(): void {
    this.#launcher.show({ isOpen: this.#isOpen, unread: this.#unread, label: this.#label() })
  }
}

function placeNow(): Place {
  return { url: location.href, title: document.title, referrer: document.referrer }
}

/** When the page has nothing better to do. */
function quietly(run: () => void): void {
  const start = () => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 4_000 })
    else setTimeout(run, 1)
  }
  if (document.readyState === 'complete') start()
  else addEventListener('load', start, { once: true })
}
