// An answer that a visitor does not read is told by e-mail, with a link that leads back into the conversation.

import type { Message } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import type { FeedEntry, MessageFeedEntry } from '@sayso/store'
import { visitorAsker } from '../../commands/desk/issue-visitor-token.ts'
import { readHistory } from '../../commands/read-messages.ts'
import type { Context } from '../../context.ts'
import type { Outbox } from '../../mail/outbox.ts'
import { type KeptConversation, keptConversation, OPEN } from '../conversation.ts'
import {
  channelOfConversation,
  conversationNamed,
  conversationOn,
  deskOf,
  factsOf,
} from '../desk-type.ts'
import { MARKS, markKey, marksOf } from '../marks.ts'
import { type Widget, widgetNamed } from '../widgets/widget.ts'
import { profileOf } from './records.ts'
import { RETURN_MS, returnProof } from './return-proof.ts'

/** Up to which message each conversation was mailed, by its key. */
export const MAILED = 'desk-mailed'
/** Of a conversation whose widget is gone; milliseconds. */
const USUAL_MS = 300_000
/** Answers in one mail, and characters of one. */
const MOST_TOLD = 20
const MOST_CHARACTERS = 2_000
const PAGE = 1_000

export type AnswerMailsOptions = {
  readonly context: Context
  readonly outbox: Outbox
  /** Of the installation. */
  readonly secret: string
  readonly publicUrl: () => string
  readonly timer: (run: () => void, ms: number) => () => void
  readonly report: (error: unknown) => void
}

export class AnswerMails {
  readonly #options: AnswerMailsOptions
  /** When each conversation is looked at. */
  readonly #due = new Map<string, number>()
  #stopTimer: () => void = () => undefined
  #leave: () => void = () => undefined
  #working: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(options: AnswerMailsOptions) {
    this.#options = options
  }

  /** Begins to follow; what was answered before is looked at as well. */
  async start(): Promise<this> {
    const { context } = this.#options
    this.#leave = context.store.subscribe((entries) => this.#fold(entries))
    for (let afterKey: string | undefined; ; ) {
      const more = afterKey === undefined ? {} : { afterKey }
      const page = await context.store.records({ collection: OPEN, limit: PAGE, ...more })
      for (const { value } of page) this.#plan(String(value.key), context.now())
      afterKey = page.at(-1)?.key
      if (page.length < PAGE) return this
    }
  }

  /** Ends when the mail under way is handed over to the outbox. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#leave()
    this.#stopTimer()
    await this.#working
  }

  #fold(entries: readonly FeedEntry[]): void {
    for (const entry of entries) if (entry.kind === 'message') this.#hear(entry)
  }

  #hear({ channel, messages, atMs }: MessageFeedEntry): void {
    const { world } = this.#options.context.standing
    const resource = conversationOn(world, channel)
    const facts = resource && factsOf(world, resource)
    if (resource === undefined || facts === undefined) return
    if (!messages.some((message) => isAnswer(message, [facts.visitor]))) return
    const { type } = deskOf(world) ?? { type: '' }
    // How long is waited says the widget: it is read when it is looked at.
    this.#plan(resource.slice(type.length + 1), atMs)
  }

  #plan(key: string, atMs: number): void {
    const known = this.#due.get(key)
    if (known !== undefined && known <= atMs) return
    this.#due.set(key, atMs)
    this.#wake()
  }

  #wake(): void {
    this.#stopTimer()
    if (this.#isStopped || this.#due.size === 0) return
    const { context, timer } = this.#options
    const ms = Math.max(0, Math.min(...this.#due.values()) - context.now())
    this.#stopTimer = timer(() => {
      this.#working = this.#working.then(() => this.#work())
    }, ms)
  }

  async #work(): Promise<void> {
    const { context, report } = this.#options
    const nowMs = context.now()
    for (const [key, atMs] of [...this.#due]) {
      if (atMs > nowMs || this.#isStopped) continue
      this.#due.delete(key)
      try {
        const laterMs = await this.#look(key)
        if (laterMs !== undefined) this.#plan(key, laterMs)
      } catch (error) {
        report(error)
      }
    }
    this.#wake()
  }

  /** @returns when to look again; undefined: there is nothing to tell */
  async #look(key: string): Promise<number | undefined> {
    const { context } = this.#options
    const kept = await keptConversation(context.store, key)
    if (kept === undefined) return undefined
    const widget =
      kept.widget === undefined ? undefined : await widgetNamed(context.store, kept.widget)
    const { profile } = await profileOf(context.store, kept.visitor)
    const email = profile?.email
    if (email === undefined || widget?.mailAfterSeconds === 0) return undefined
    const answers = await this.#unread(kept)
    const [first] = answers
    if (first === undefined || widget === undefined) return undefined
    const afterMs =
      widget.mailAfterSeconds === undefined ? USUAL_MS : widget.mailAfterSeconds * 1_000
    const dueAtMs = first.timestampMs + afterMs
    if (dueAtMs > context.now()) return dueAtMs
    await this.#mail(kept, widget, email, answers)
    return undefined
  }

  /** What was answered since they last read, wrote, or were mailed; the oldest first, as they may see it. */
  async #unread(kept: KeptConversation): Promise<readonly Message[]> {
    const { context } = this.#options
    const { store, standing } = context
    const { key, visitor, formerVisitors = [] } = kept
    const [marks, mailed] = await Promise.all([
      store.record(MARKS, markKey(key, visitor)),
      store.record(MAILED, key),
    ])
    const desk = deskOf(standing.world)
    if (desk === undefined) return []
    const resource = conversationNamed(desk, key)
    const channel: ChannelName = channelOfConversation(standing.world, resource)
    const query = { channel, direction: 'backwards', limit: 100 } as const
    const { messages } = await readHistory(context, visitorAsker(standing.world, visitor), query)
    const own = [visitor, ...formerVisitors]
    const seen = [marks && marksOf(marks).read, mailed?.value.serial]
      .filter((serial) => typeof serial === 'string')
      .sort()
      .at(-1)
    const unread: Message[] = []
    for (const message of messages) {
      if (own.includes(message.clientId ?? '') || message.serial <= (seen ?? '')) break
      if (isAnswer(message, own)) unread.push(message)
    }
    return unread.reverse()
  }

  async #mail(
    { key, tenant, visitor }: KeptConversation,
    widget: Widget,
    email: string,
    answers: readonly Message[],
  ): Promise<void> {
    const { context, outbox, secret, publicUrl } = this.#options
    const { appId, store } = context
    const endsAtMs = context.now() + RETURN_MS
    const nonce = context.randomId()
    const proof = returnProof(secret, appId, { visitor, tenant, nonce, endsAtMs })
    const said = answers.slice(-MOST_TOLD).map(saidIn)
    const by = widget.look.hidesNames ? widget.name : (said.at(-1)?.by ?? widget.name)
    const texts = said
      .map(({ text }) => text.slice(0, MOST_CHARACTERS))
      .filter((text) => text !== '')
    const link = `${publicUrl()}/widget/frame?widget=${encodeURIComponent(widget.id)}#return=${proof}`
    const occasion = { kind: 'answer-waiting', site: widget.name, by, texts, link } as const
    await outbox.post(email, occasion, endsAtMs)
    const serial = answers.at(-1)?.serial
    const records = [{ collection: MAILED, key, value: { serial } }]
    await store.transact({ entries: [], records })
  }
}

/** Something that is said to the visitor. */
function isAnswer({ name, clientId, action }: Message, own: readonly string[]): boolean {
  const isSaid = (name === 'text' || name === 'file') && action !== 'delete'
  return isSaid && clientId !== undefined && !own.includes(clientId)
}

function saidIn({ data, name }: Message): { readonly by?: string; readonly text: string } {
  try {
    const said = JSON.parse(String(data)) as { readonly name?: unknown; readonly text?: unknown }
    const text = typeof said.text === 'string' ? said.text : name === 'file' ? '📎' : ''
    return typeof said.name === 'string' ? { by: said.name, text } : { text }
  } catch {
    return { text: '' }
  }
}
