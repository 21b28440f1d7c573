// One conversation as the panel has it: what was said, what is on its way, who writes, who has read how far.

import type { VisitorDoor } from '../api.ts'
import { aliased } from '../model/alias.ts'
import { moved } from '../model/queue.ts'
import type { Attached, Marks, Talk } from '../model/shapes.ts'
import {
  type Inbound,
  type Line,
  lastSerial,
  lineOf,
  unreadAfter,
  withLines,
  without,
} from '../model/timeline.ts'
import { readHistory } from './history.ts'
import { isRefusal, RealtimeLine, type Token } from './line.ts'
import { Outbox, plainId, type Unsent } from './outbox.ts'
import { Typing } from './typing.ts'

export type TalkingSeen = {
  readonly talk: Talk | undefined
  readonly lines: readonly Line[]
  readonly hasEarlierLines: boolean
  readonly typing: readonly string[]
  readonly theirs: Marks
  readonly unread: number
  readonly connection: 'none' | 'up' | 'down'
  /** What was said before is there. */
  readonly isFilled: boolean
  /** Ids under which the visitor writes, and wrote. */
  readonly mine: ReadonlySet<string>
}

export type TalkingOptions = {
  readonly me: string
  readonly token: Token
  readonly door: VisitorDoor
  readonly changed: (seen: TalkingSeen) => void
  /** Something new of somebody else. */
  readonly said: (line: Line) => void
  /** Opens a conversation for what is to be sent. */
  readonly open: () => Promise<Talk>
  /** The conversation may not be read any more, or nothing may. */
  readonly lost: () => void
  /** Stands for the name of everybody who answers. */
  readonly alias: string | undefined
}

/** Until what the server was too busy for is sent again; milliseconds. */
const PATIENCE_MS = 3_000

export class Talking {
  readonly #options: TalkingOptions
  readonly #line: RealtimeLine
  readonly #outbox: Outbox
  readonly #typing = new Typing((typing) => this.#change({ typing }))
  #seen: TalkingSeen = {
    talk: undefined,
    lines: [],
    hasEarlierLines: false,
    typing: [],
    theirs: {},
    unread: 0,
    connection: 'none',
    isFilled: false,
    mine: new Set(),
  }
  #read: Marks = {}
  #isSending = false
  #isLooking = false

  constructor(options: TalkingOptions) {
    this.#options = options
    this.#seen = { ...this.#seen, mine: new Set([options.me]) }
    this.#outbox = new Outbox(options.me)
    this.#line = new RealtimeLine(options.token, {
      message: (message) => this.#heard(message),
      gap: () => void this.#fill(),
      lost: () => {
        this.show(undefined)
        this.#options.lost()
      },
      connection: (isUp) => {
        this.#change({ connection: isUp ? 'up' : 'down' })
        if (isUp) void this.#sendAll()
      },
    })
    this.#seen = {
      ...this.#seen,
      lines: this.#outbox.waiting.map((each) => this.#unsentLine(each)),
    }
  }

  get seen(): TalkingSeen {
    return this.#seen
  }

  /** Turns to a conversation; what was said in another goes from the panel. */
  show(talk: Talk | undefined): void {
    const isSame = talk !== undefined && talk.key === this.#seen.talk?.key
    if (isSame) return this.#change({ talk })
    this.#typing.clear()
    this.#read = talk?.marks?.visitor ?? {}
    this.#change({
      talk,
      lines: this.#outbox.waiting.map((each) => this.#unsentLine(each)),
      hasEarlierLines: false,
      theirs: talk?.marks?.operators ?? {},
      unread: 0,
      isFilled: false,
      mine: new Set([this.#options.me, ...(talk?.formerVisitors ?? [])]),
    })
    if (talk === undefined) this.#line.leave()
    else this.#line.listen(talk.channel)
    void this.#sendAll()
  }

  send(text: string, files: readonly Attached[] = []): void {
    // A message is a text, or files.
    const atMs = Date.now()
    if (files.length > 0) this.#take({ id: crypto.randomUUID(), text: '', files, atMs })
    if (text !== '') this.#take({ id: crypto.randomUUID(), text, atMs: atMs + 1 })
    this.#typing.rested()
    void this.#sendAll()
  }

  #take(unsent: Unsent): void {
    this.#outbox.add(unsent)
    this.#add([this.#unsentLine(unsent)])
  }

  retry(id: string): void {
    this.#outbox.change(id, undefined)
    this.#redraw(id)
    void this.#sendAll()
  }

  discard(id: string): void {
    this.#outbox.remove(id)
    this.#change({ lines: without(this.#seen.lines, id) })
  }

  writing(): void {
    const { talk, connection } = this.#seen
    if (talk === undefined || talk.state === 'closed' || connection !== 'up') return
    if (!this.#typing.isDue(Date.now())) return
    this.#line.publish('typing', {}, { extras: { ephemeral: true } }).catch(() => undefined)
  }

  /** Whether the visitor has the conversation before them: what is there then is read. */
  look(isLooking: boolean): void {
    this.#isLooking = isLooking
    this.#mark()
  }

  async earlier(): Promise<void> {
    const { talk, lines } = this.#seen
    const first = lines[0]
    if (talk === undefined || first === undefined) return
    const page = await this.#page(talk, first.atMs)
    const known = new Set(lines.map(({ serial }) => serial))
    const more = page.lines.filter(({ serial }) => !known.has(serial))
    this.#add(more)
    this.#change({ hasEarlierLines: page.hasMore && more.length > 0 })
  }

  close(): void {
    this.#typing.clear()
    this.#line.close()
  }

  #heard(message: Inbound): void {
    const { name, clientId = '', data } = message
    const isOwn = this.#seen.mine.has(clientId)
    if (name === 'typing' && !isOwn) return this.#typing.heard(clientId)
    if (name === 'mark') return this.#marked(data)
    if (name === 'queue' && this.#seen.talk !== undefined)
      return this.#change({ talk: moved(this.#seen.talk, data) })
    const said = lineOf(message)
    if (said === undefined) return
    const line = this.#named(said)
    const isNew = !this.#seen.lines.some(({ serial }) => serial === line.serial)
    if (!isOwn) this.#typing.stopped(clientId)
    if (isOwn) this.#outbox.remove(plainId(line.id))
    this.#add([line])
    if (line.kind === 'event') this.#happened(line)
    if (isNew && !isOwn && line.kind !== 'event') this.#options.said(line)
    this.#mark()
  }

  /** What happened to the conversation says how it stands. */
  #happened({ event, atMs }: Line): void {
    const { talk } = this.#seen
    if (talk === undefined || event === undefined) return
    const { position: _position, expectedWaitMs: _wait, ...rest } = talk
    const name = event.to?.name ?? event.by?.name
    const people = name === undefined ? {} : { with: [{ name }] }
    switch (event.kind) {
      case 'claimed':
      case 'transferred':
        return this.#change({ talk: { ...rest, state: 'open', ...people } })
      case 'closed':
        return this.#change({ talk: { ...rest, state: 'closed', closedAtMs: atMs } })
    }
  }

  /** As the owner has people called. */
  #named(line: Line): Line {
    const { alias } = this.#options
    return alias === undefined || this.#seen.mine.has(line.author) ? line : aliased(line, alias)
  }

  #marked(data: unknown): void {
    const { of, delivered, read } = data as Marks & { readonly of?: string }
    if (of === 'visitor') return
    const { theirs } = this.#seen
    this.#change({
      theirs: {
        ...furthest('delivered', theirs.delivered, delivered),
        ...furthest('read', theirs.read, read),
      },
    })
  }

  /** Reads what may have been missed. */
  async #fill(): Promise<void> {
    const { talk } = this.#seen
    if (talk === undefined) return
    try {
      const isFirst = this.#seen.isFilled === false
      const [page, now] = await Promise.all([
        this.#page(talk),
        // What happened meanwhile was not told: how it stands is asked.
        isFirst ? undefined : this.#options.door.all(),
      ])
      if (this.#seen.talk?.key !== talk.key) return
      const before = this.#seen.lines.length
      const known = now?.find(({ key }) => key === talk.key)
      if (known !== undefined) this.#change({ talk: known, theirs: known.marks?.operators ?? {} })
      for (const { id, author } of page.lines)
        if (this.#seen.mine.has(author)) this.#outbox.remove(plainId(id))
      this.#add(page.lines)
      this.#change({ isFilled: true })
      if (before === 0 || !this.#seen.hasEarlierLines)
        this.#change({ hasEarlierLines: page.hasMore })
      this.#mark()
    } catch {
      // The next time the channel comes back it is read again.
    }
  }

  async #page({ channel }: Talk, beforeMs?: number) {
    const page = await readHistory(channel, await this.#options.token(), beforeMs)
    return { ...page, lines: page.lines.map((line) => this.#named(line)) }
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    try {
      for (;;) {
        const next = this.#outbox.waiting.find(({ reason }) => reason === undefined)
        if (next === undefined || !(await this.#sendOne(next))) return
      }
    } finally {
      this.#isSending = false
    }
  }

  /** False: it waits for the connection. */
  async #sendOne(unsent: Unsent): Promise<boolean> {
    const { id, text, files } = unsent
    try {
      if (this.#seen.talk === undefined || this.#seen.talk.state === 'closed')
        this.show(await this.#options.open())
      if (files === undefined) await this.#line.publish('text', { text }, { id: `${id}:0` })
      else await this.#line.publish('file', {}, { id: `${id}:0`, extras: { attachments: files } })
      this.#outbox.remove(id)
      return true
    } catch (error) {
      return await this.#notSent(id, error)
    }
  }

  async #notSent(id: string, error: unknown): Promise<boolean> {
    const { message = '', status } = error as {
      readonly message?: string
      readonly status?: number
    }
    const isJudged = isRefusal(error) || (status !== undefined && status < 500 && status !== 429)
    if (!isJudged) {
      // Asked for patience, not cut off.
      if (this.#seen.connection === 'up') setTimeout(() => void this.#sendAll(), PATIENCE_MS)
      return false
    }
    // Closed while it was written: it begins a new one.
    if (await this.#isOver()) return true
    this.#outbox.change(id, message)
    this.#redraw(id)
    return true
  }

  async #isOver(): Promise<boolean> {
    const { talk } = this.#seen
    if (talk === undefined || talk.state === 'closed') return false
    const all = await this.#options.door.all().catch(() => [])
    const now = all.find(({ key }) => key === talk.key)
    if (now?.state === 'closed') this.#change({ talk: now })
    return now?.state === 'closed'
  }

  #redraw(id: string): void {
    const unsent = this.#outbox.waiting.find((each) => each.id === id)
    if (unsent === undefined) return
    const line = this.#unsentLine(unsent)
    this.#change({ lines: this.#seen.lines.map((each) => (each.id === line.id ? line : each)) })
  }

  #unsentLine({ id, text, files = [], atMs, reason }: Unsent): Line {
    return {
      id: `${id}:0`,
      kind: files.length > 0 ? 'file' : 'text',
      author: this.#options.me,
      name: '',
      atMs,
      text,
      files,
      sending: reason === undefined ? 'waiting' : 'failed',
      ...(reason !== undefined && { reason }),
    }
  }

  #add(more: readonly Line[]): void {
    this.#change({ lines: withLines(this.#seen.lines, more) })
  }

  /** Tells the server how far the visitor is, where that has moved. */
  #mark(): void {
    const { talk, lines } = this.#seen
    const last = lastSerial(lines)
    if (talk === undefined || last === undefined) return
    const moved: Marks = {
      ...(last > (this.#read.delivered ?? '') && { delivered: last }),
      ...(this.#isLooking && last > (this.#read.read ?? '') && { read: last }),
    }
    if (Object.keys(moved).length > 0) {
      this.#read = { ...this.#read, ...moved }
      this.#options.door.mark(talk.key, moved).catch(() => undefined)
    }
    this.#change({ unread: unreadAfter(lines, this.#seen.mine, this.#read.read) })
  }

  #change(change: Partial<TalkingSeen>): void {
    this.#seen = { ...this.#seen, ...change }
    this.#options.changed(this.#seen)
  }
}

function furthest<N extends keyof Marks>(
  name: N,
  one: string | undefined,
  other: string | undefined,
): Marks {
  const found = (other ?? '') > (one ?? '') ? other : one
  return found === undefined ? {} : { [name]: found }
}
