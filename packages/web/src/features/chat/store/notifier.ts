// Tells of what others say while one looks elsewhere: one notice for each channel, as one has chosen. Never of what is old: after
// a loss of the connection there is one line for everything, without a sound.

import type { Api, ResourceView } from '@sayso/client'
import { plainText } from '../markdown/plain.ts'
import { isReadable, keyOf } from '../model/channels.ts'
import { NOTIFY_KEY, type NotifySettings, notifySettings } from '../model/notify-settings.ts'
import {
  choiceIn,
  grownSince,
  isSilent,
  levelOf,
  type NewsItem,
  toldAt,
  worthTelling,
} from '../model/notifying.ts'
import { lineOf } from '../model/presence-said.ts'
import { notifyTexts } from '../model/texts-notify.ts'
import type { Count, Counts } from '../model/unread.ts'
import type { Personal } from './personal.ts'
import type { ConnectionChange, RealtimePort, WireMessage } from './port.ts'

export type Notice = {
  /** Name of the channel; absent: of several. */
  readonly channel: string | undefined
  readonly title: string
  readonly body: string
  readonly href: string | undefined
}

export type NotifierNeeds = {
  readonly realtime: RealtimePort
  readonly api: Pick<Api, 'people'>
  readonly personal: Pick<Personal, 'get'>
  readonly me: string
  readonly views: () => readonly ResourceView[]
  /** What is unread now. */
  readonly counts: () => Counts
  /** The server's time. */
  readonly now: () => number
  readonly timer: (run: () => void, ms: number) => () => void
  readonly isDnd: () => boolean
  /** Of several tabs this one tells. */
  readonly isTeller: () => boolean
  readonly isViewed: (channel: string) => Promise<boolean>
  readonly show: (notice: Notice) => void
  /** Takes away what is shown of a channel; undefined: everything. */
  readonly hide: (channel: string | undefined) => void
  readonly beep: () => void
}

export type Notifier = {
  /** Rights changed, or what is unread: what is no longer open or unread is no longer shown. */
  tidy(): void
  close(): void
}

const OWN_CHANNEL = '[me]'
/** After coming back, until everything that was missed is counted. */
const SETTLE_MS = 2_500
const LONGEST_NAME = 60

type Readable = ResourceView & { readonly channel: string }

export function notifierOf(needs: NotifierNeeds): Notifier {
  return new Teller(needs)
}

class Teller implements Notifier {
  readonly #needs: NotifierNeeds
  /** Channels something is shown of. */
  readonly #shown = new Set<string>()
  /** What was unread when the connection was lost. */
  #before: Counts | undefined
  #wasConnected: boolean
  #toldSince = new Set<string>()
  #stopTimer: (() => void) | undefined
  #isClosed = false

  constructor(needs: NotifierNeeds) {
    this.#needs = needs
    this.#wasConnected = needs.realtime.connection.state === 'connected'
    needs.realtime.connection.on(this.#onConnection)
    needs.realtime.channels
      .get(OWN_CHANNEL)
      .subscribe(this.#onMessage)
      .catch(() => undefined)
  }

  tidy(): void {
    const counts = this.#needs.counts()
    for (const name of this.#shown) {
      const isGone = this.#view(name) === undefined
      if (isGone || !counts.has(name)) this.#hide(name)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#stopTimer?.()
    this.#needs.realtime.connection.off(this.#onConnection)
    this.#needs.realtime.channels.get(OWN_CHANNEL).unsubscribe(this.#onMessage)
    this.#needs.hide(undefined)
  }

  #hide(name: string): void {
    this.#shown.delete(name)
    this.#needs.hide(name)
  }

  #view(name: string): Readable | undefined {
    return this.#needs
      .views()
      .filter(isReadable)
      .find((view) => view.channel === name)
  }

  #settings(): NotifySettings {
    return notifySettings(this.#needs.personal.get('settings', NOTIFY_KEY))
  }

  readonly #onMessage = (message: WireMessage): void => {
    const { items } = (message.data ?? {}) as { items?: unknown }
    if (message.name !== 'news' || !Array.isArray(items)) return
    for (const item of items as readonly NewsItem[]) void this.#tell(item, message.timestamp)
  }

  async #tell(item: NewsItem, toldMs: number | undefined): Promise<void> {
    const { now, isDnd, personal } = this.#needs
    const view = this.#view(item.channel)
    if (view === undefined || !this.#needs.isTeller()) return
    const settings = this.#settings()
    const nowMs = now()
    const choice = choiceIn(personal.get('notify', item.channel), nowMs)
    const isDirect = view.people !== undefined
    const asked = { item, toldMs, nowMs, choice, isDirect, isDnd: isDnd(), settings }
    const told = worthTelling(asked)
    if (told === undefined || (await this.#needs.isViewed(item.channel))) return
    const notice = await this.#notice(view, item, told, settings)
    // The right may have gone while the message was fetched: nothing of it is shown then.
    if (this.#isClosed || this.#view(item.channel) === undefined) return
    this.#toldSince.add(item.channel)
    this.#shown.add(item.channel)
    if (settings.system) this.#needs.show(notice)
    if (settings.sound) this.#needs.beep()
  }

  async #notice(
    view: Readable,
    item: NewsItem,
    told: Count,
    settings: NotifySettings,
  ): Promise<Notice> {
    const place = view.people === undefined ? `#${view.title}` : view.title
    const at = item.serial === undefined ? '' : `?at=${encodeURIComponent(item.serial)}`
    const href = `/chat/${encodeURIComponent(keyOf(view))}${at}`
    const said = settings.hideText ? undefined : await this.#said(view, item)
    const isMention = told.mentions > 0
    if (said === undefined) {
      const body = isMention ? notifyTexts.mentioned : notifyTexts.messages(told.count)
      return { channel: view.channel, title: place, body, href }
    }
    const title =
      view.people !== undefined
        ? said.name
        : isMention
          ? notifyTexts.mentionedBy(said.name, place)
          : notifyTexts.saidBy(said.name, place)
    const body = told.count > 1 ? `${said.text}\n${notifyTexts.messages(told.count)}` : said.text
    return { channel: view.channel, title, body, href }
  }

  /** Who said it, and what; absent: it could not be fetched, or is none to read. */
  async #said(
    view: Readable,
    { serial }: NewsItem,
  ): Promise<{ readonly name: string; readonly text: string } | undefined> {
    if (serial === undefined) return undefined
    try {
      const message = await this.#needs.realtime.channels.get(view.channel).getMessage(serial)
      const id = message.clientId
      if (id === undefined || typeof message.data !== 'string') return undefined
      const { people } = await this.#needs.api.people(keyOf(view), { ids: id })
      const name = lineOf(people.find((person) => person.id === id)?.name ?? id)
      const text = lineOf(plainText(message.data))
      return { name: name.slice(0, LONGEST_NAME), text: text === '' ? notifyTexts.file : text }
    } catch {
      return undefined
    }
  }

  readonly #onConnection = (change: ConnectionChange): void => {
    this.#stopTimer?.()
    if (change.current !== 'connected') {
      // What was unread before the page was opened is no news.
      if (this.#wasConnected) this.#before ??= this.#needs.counts()
      this.#toldSince = new Set()
      return
    }
    this.#wasConnected = true
    const before = this.#before
    if (before === undefined) return
    this.#stopTimer = this.#needs.timer(() => {
      this.#before = undefined
      this.#sumUp(before)
    }, SETTLE_MS)
  }

  /** One line for everything that came while the connection was lost. */
  #sumUp(before: Counts): void {
    const { now, isDnd, isTeller, personal } = this.#needs
    const settings = this.#settings()
    const nowMs = now()
    if (!isTeller() || !settings.system || isSilent(settings, isDnd(), nowMs)) return
    const told = [...grownSince(before, this.#needs.counts())].flatMap(([name, grown]) => {
      const view = this.#view(name)
      if (view === undefined || this.#toldSince.has(name)) return []
      const choice = choiceIn(personal.get('notify', name), nowMs)
      return toldAt(levelOf(choice, view.people !== undefined, settings.level), grown) ?? []
    })
    const count = told.reduce((sum, one) => sum + one.count, 0)
    if (count === 0) return
    this.#needs.show({
      channel: undefined,
      title: notifyTexts.whileAway,
      body: notifyTexts.inChannels(count, told.length),
      href: undefined,
    })
  }
}
