// A naive second opinion on one channel, written from SPEC.md: plain lists, no groups, no sharing. It plays the hub, the
// store and the clients around a real Channel, and stops at the first step that differs from what it expects.

import assert from 'node:assert/strict'
import {
  Channel,
  type ChannelEffect,
  type ChannelEvent,
  type ChannelMessage,
  type DeliveredEvent,
  type Format,
  MODE,
  type Modes,
  modesOf,
  type PresenceAction,
  type ResumeAnswer,
  type RightsSource,
  resumeAt,
} from '../src/index.ts'
import { replayed } from './build.ts'

/** One thing that happens. Plain JSON, so that a failing history can be kept. */
export type Op =
  | readonly ['attach', Who, number, 'fresh' | 'resume' | 'lost']
  /** The store answers the n-th read that is under way, with at most so many messages. */
  | readonly ['answer', number, number]
  | readonly ['fail', number]
  | readonly ['publish', Who, 'stored' | 'fleeting']
  | readonly ['elsewhere']
  | readonly ['rights', readonly (readonly [Who, number])[], RightsSource]
  | readonly ['detach' | 'suspend' | 'forget' | 'leavePresence' | 'sync', Who]
  | readonly ['presence', Who, string, PresenceAction | 'again']
  | readonly ['flush']
type Who = number

export const PEOPLE = 4
const S = MODE.subscribe
const PS = MODE.presenceSubscribe
const P = MODE.presence
/** What clients ask for. */
export const REQUESTS: readonly Modes[] = [
  S | PS | P | MODE.publish,
  S | PS,
  S,
  PS | P,
  P | MODE.publish,
  MODE.publish,
]
/** What policies and tokens allow. */
export const RIGHTS: readonly Modes[] = [
  ['subscribe', 'publish', 'presence'],
  ['subscribe', 'presence'],
  ['subscribe', 'publish'],
  ['publish', 'presence'],
  ['publish'],
  [],
].map(modesOf)

type Place = { state: 'attaching' | 'attached'; requested: Modes; modes: Modes; from: string }
type Client = {
  readonly id: string
  readonly format: Format
  readonly echo: boolean
  allowed: Modes
  place: Place | undefined
  connected: boolean
  /** What the client remembers as its position. */
  serial: string | undefined
  /** Whether the client itself takes the channel for attached. */
  attached: boolean
  readonly observed: Map<string, string>
  /** What must be delivered to it at the next cut, in order. */
  owed: string[]
}
type Logged = { readonly message: ChannelMessage; readonly may: readonly boolean[] }
type Read = { readonly connection: string; readonly after: string; readonly upTo: string }
type Rest = Exclude<
  ChannelEffect,
  { name: 'deliver' | 'flushSoon' | 'echoPresence' | 'occupancy' | 'occupancySoon' }
>

/** Events that cut what waits, whatever else they do. */
const CUTTING: readonly ChannelEvent['name'][] = [
  'attach',
  'detach',
  'forget',
  'reauthorize',
  'flush',
]

export class Play {
  #channel = new Channel('any')
  readonly #clients: Client[]
  readonly #log: Logged[] = []
  readonly #told = new Map<string, readonly boolean[]>()
  readonly #present = new Map<string, string>()
  readonly #reads: Read[] = []
  readonly #lent: { to: ReadonlySet<string>; was: readonly string[] }[] = []
  #position = 1
  #count = 0
  #flushPlanned = false

  constructor() {
    this.#clients = Array.from({ length: PEOPLE }, (_, index) => ({
      id: `c${index}`,
      format: index % 2 === 0 ? 'json' : 'msgpack',
      echo: index !== 1,
      allowed: RIGHTS[0] ?? 0,
      place: undefined,
      connected: true,
      serial: undefined,
      attached: false,
      observed: new Map(),
      owed: [],
    }))
  }

  apply(op: Op): void {
    switch (op[0]) {
      case 'attach':
        return this.#attach(this.#client(op[1]), REQUESTS[op[2] % REQUESTS.length] ?? 0, op[3])
      case 'answer':
        return this.#answer(this.#takeRead(op[1]), op[2])
      case 'fail':
        return this.#answer(this.#takeRead(op[1]), 0)
      case 'publish':
        return this.#publish(op[1], op[2] === 'fleeting')
      case 'elsewhere':
        this.#position += 1
        return
      case 'rights':
        return this.#rights(op[1], op[2])
      case 'detach':
        return this.#detach(this.#client(op[1]))
      case 'suspend':
        return this.#suspend(this.#client(op[1]))
      case 'forget':
        return this.#forget(this.#client(op[1]))
      case 'leavePresence':
        return this.#leavePresence(this.#client(op[1]))
      case 'sync':
        return this.#sync(this.#client(op[1]))
      case 'presence':
        return this.#change(this.#client(op[1]), op[2], op[3])
      case 'flush':
        return this.#flush()
    }
  }

  /** Lets everything under way end: all reads answered, all told. Then nothing may be missing anywhere. */
  finish(): void {
    for (let round = 0; this.#reads.length > 0; round += 1) {
      assert.ok(round < 1000, 'reading never ends')
      this.#answer(this.#takeRead(0), 2)
    }
    this.#flush()
    for (const client of this.#clients)
      assert.notEqual(client.place?.state, 'attaching', 'nobody is left waiting')
    for (const { to, was } of this.#lent) assert.deepEqual([...to], was, 'a lent set has changed')
  }

  #client(who: Who): Client {
    const client = this.#clients[who % PEOPLE]
    assert.ok(client)
    return client
  }

  get #head(): string {
    return serialAt(this.#position)
  }

  // Attaching

  #attach(client: Client, requested: Modes, way: 'fresh' | 'resume' | 'lost'): void {
    client.connected = true
    const resume = this.#resume(client, way)
    const modes = requested & client.allowed
    const { id: connection, format, echo } = client
    const head = this.#head
    const allowed = client.allowed
    const event = {
      name: 'attach',
      connection,
      format,
      echo,
      requested,
      allowed,
      resume,
      head,
    } as const
    const rest = this.#step(event)
    const known = client.place
    client.place = undefined
    const gone = (modes & P) === 0 ? this.#membersOf(client) : []
    for (const key of gone) this.#present.delete(key)
    if (modes === 0) {
      this.#expect(rest, [{ name: 'refused', connection, cause: 'never_granted' }])
    } else if (known?.state === 'attached') {
      client.place = { state: 'attached', requested, modes, from: '' }
      const sees = (modes & PS) !== 0
      const hasPresence = sees && (this.#present.size > 0 || (known.modes & PS) === 0)
      const answer = { modes, resumed: true, hasBacklog: false, hasPresence, serial: head }
      this.#expect(rest, [
        { name: 'attached', connection, ...answer },
        ...this.#syncFor(connection, hasPresence),
      ])
    } else if (resume.kind === 'resumed') {
      client.place = { state: 'attaching', requested, modes, from: resume.from }
      this.#expect(rest, [{ name: 'readBacklog', connection, after: resume.from }])
    } else {
      client.place = { state: 'attached', requested, modes, from: '' }
      const hasPresence = (modes & PS) !== 0 && this.#present.size > 0
      const gap = resume.kind === 'gap' ? { gap: resume.reason } : {}
      const answer = { modes, resumed: false, hasBacklog: false, hasPresence, serial: head, ...gap }
      this.#expect(rest, [
        { name: 'attached', connection, ...answer },
        ...this.#syncFor(connection, hasPresence),
      ])
    }
    this.#oweLeaves(gone)
    this.#after(rest)
  }

  #resume(client: Client, way: 'fresh' | 'resume' | 'lost'): ResumeAnswer {
    const index = this.#clients.indexOf(client)
    const answer = resumeAt(way === 'fresh' ? undefined : client.serial, way !== 'lost', this.#head)
    if (answer.kind !== 'resumed') return answer
    const hidden = this.#since(answer.from).some((logged) => logged.may[index] !== true)
    return hidden ? { kind: 'gap', reason: 'rights_changed' } : answer
  }

  #takeRead(n: number): Read | undefined {
    return this.#reads.splice(n % Math.max(1, this.#reads.length), 1)[0]
  }

  /** @param page most messages of the answer; 0 for a gap */
  #answer(read: Read | undefined, page: number): void {
    if (read === undefined) return
    const { connection, after, upTo } = read
    const found = this.#since(after).filter(({ message }) => message.serial <= upTo)
    const messages = found.slice(0, page).map(({ message }) => message)
    const hasMore = found.length > messages.length
    const next = hasMore ? (messages.at(-1)?.serial ?? after) : upTo
    const answer =
      page === 0
        ? ({ kind: 'gap', reason: 'unknown_position' } as const)
        : ({ kind: 'messages', messages, hasMore, upTo, next } as const)
    const rest = this.#step({ name: 'backlog', connection, after, answer, head: this.#head })
    const client = this.#byId(connection)
    const { place } = client
    const [first] = rest
    if (first === undefined) return this.#after(rest)
    assert.equal(place?.state, 'attaching', 'only an attaching connection waits for an answer')
    if (first.name === 'attached') {
      this.#owedIsEmpty()
      assert.ok(place)
      place.state = 'attached'
      this.#expect(rest, this.#joined(client, place, page === 0))
    } else {
      assert.equal(first.name, 'readBacklog')
      assert.equal(rest.length, 1)
    }
    this.#after(rest)
  }

  /** All that was told since the position it came back with, however it was read. */
  #joined(client: Client, place: Place, failed: boolean): Rest[] {
    const connection = client.id
    const { modes } = place
    const hasPresence = (modes & PS) !== 0 && this.#present.size > 0
    const sync = this.#syncFor(connection, hasPresence)
    if (failed) {
      const gap = 'unknown_position' as const
      const answer = {
        modes,
        resumed: false,
        hasBacklog: false,
        hasPresence,
        serial: this.#head,
        gap,
      }
      return [{ name: 'attached', connection, ...answer }, ...sync]
    }
    const missed = this.#since(place.from).map(({ message }) => message)
    const messages = (modes & S) === 0 ? [] : missed.filter((message) => shows(client, message))
    const hasBacklog = messages.length > 0
    const answer = { modes, resumed: true, hasBacklog, hasPresence, serial: place.from }
    const replay: Rest[] = hasBacklog
      ? [replayed(connection, messages, { modes, format: client.format, echo: client.echo })]
      : []
    return [{ name: 'attached', connection, ...answer }, ...replay, ...sync]
  }

  #detach(client: Client): void {
    const { id: connection } = client
    const rest = this.#step({ name: 'detach', connection, nowMs: 1 })
    client.place = undefined
    this.#expect(rest, [{ name: 'detached', connection }])
    this.#leave(client)
    this.#after(rest)
  }

  #forget(client: Client): void {
    const rest = this.#step({ name: 'forget', connection: client.id, nowMs: 1 })
    client.place = undefined
    client.serial = undefined
    client.attached = false
    client.observed.clear()
    this.#expect(rest, [])
    this.#leave(client)
    this.#after(rest)
  }

  #suspend(client: Client): void {
    client.owed = []
    const rest = this.#step({ name: 'suspend', connection: client.id })
    client.place = undefined
    client.connected = false
    client.attached = false
    this.#expect(rest, [])
    this.#after(rest)
  }

  // Messages

  #publish(who: Who, fleeting: boolean): void {
    const publisher = this.#clients[who]
    this.#count += 1
    if (!fleeting) this.#position += 1
    const serial = fleeting ? `${this.#head}~${this.#count}` : this.#head
    const message: ChannelMessage = {
      kind: 'message',
      serial,
      atMs: this.#count,
      id: `m${this.#count}`,
      messages: [],
      ...(publisher === undefined ? {} : { connectionId: publisher.id }),
      ...(fleeting ? { fleeting } : {}),
    }
    const may = this.#clients.map((client) => (client.allowed & S) !== 0)
    if (!fleeting) this.#log.push({ message, may })
    this.#told.set(message.id, may)
    const rest = this.#step({ name: 'message', message })
    for (const client of this.#clients) {
      const modes = client.place?.state === 'attached' ? client.place.modes : 0
      if ((modes & S) !== 0 && shows(client, message)) client.owed.push(nameOf(message))
    }
    this.#expect(rest, [])
    this.#after(rest)
  }

  #flush(): void {
    this.#flushPlanned = false
    const rest = this.#step({ name: 'flush' })
    this.#expect(rest, [])
    this.#after(rest)
    for (const client of this.#clients) {
      if (client.place?.state !== 'attached' || (client.place.modes & PS) === 0) continue
      assert.deepEqual(sorted(client.observed), sorted(this.#present), `what ${client.id} sees`)
    }
  }

  // Rights

  #rights(changes: readonly (readonly [Who, number])[], source: RightsSource): void {
    const allowed = new Map<string, Modes>()
    for (const [who, rights] of changes) {
      const client = this.#client(who)
      client.allowed = RIGHTS[rights % RIGHTS.length] ?? 0
      allowed.set(client.id, client.allowed)
    }
    if (source === 'policy') this.#position += 1
    const rest = this.#step({ name: 'reauthorize', allowed, source, head: this.#head, nowMs: 1 })
    const gone: string[] = []
    const expected = [...allowed.keys()].flatMap((id) =>
      this.#regrant(this.#byId(id), source, gone),
    )
    this.#expect(rest.filter(notSync), expected.filter(notSync))
    this.#oweLeaves(gone)
    this.#after(rest)
  }

  #regrant(client: Client, source: RightsSource, gone: string[]): Rest[] {
    const { place, id: connection } = client
    const before = place?.modes ?? P
    const modes = (place?.requested ?? P) & client.allowed
    const lost = before & ~modes
    const gained = modes & ~before
    const closes =
      place !== undefined &&
      before !== modes &&
      (modes === 0 || (source === 'policy' && (lost & S) !== 0))
    if (closes || (lost & P) !== 0) {
      for (const key of this.#membersOf(client)) {
        this.#present.delete(key)
        gone.push(key)
      }
    }
    if (closes) {
      client.place = undefined
      return [
        { name: 'purge', connection },
        { name: 'refused', connection, cause: 'revoked' },
      ]
    }
    if (place === undefined || before === modes) return []
    place.modes = modes
    const answer = { modes, serial: this.#head, hasBacklog: false }
    if (place.state === 'attached') {
      const hasPresence = (gained & PS) !== 0
      return [{ name: 'attached', connection, ...answer, resumed: true, hasPresence }]
    }
    if ((gained & S) === 0) return []
    place.state = 'attached'
    const hasPresence = (modes & PS) !== 0 && this.#present.size > 0
    const gap = 'rights_changed' as const
    return [{ name: 'attached', connection, ...answer, resumed: false, hasPresence, gap }]
  }

  // Presence

  #change(client: Client, person: string, action: PresenceAction | 'again'): void {
    const modes = client.place?.modes ?? P
    if (!client.connected || (modes & client.allowed & P) === 0) return
    const key = `${client.id}/${person}`
    const known = this.#present.get(key)
    this.#count += 1
    const id = action === 'again' && known !== undefined ? known : `${client.id}:${this.#count}:0`
    const asked = action === 'again' ? 'enter' : action
    const member = { id, clientId: person, connectionId: client.id, timestampMs: this.#count }
    const owner = client.place
    const rest = this.#step(
      { name: 'presence', changes: [{ action: asked, member }] },
      owner?.state === 'attached' && (owner.modes & PS) === 0 && told(asked, known, id) ? 1 : 0,
    )
    if (told(asked, known, id)) {
      const heard = known === undefined ? 'enter' : asked
      if (asked === 'leave') this.#present.delete(key)
      else this.#present.set(key, id)
      this.#owePresence(`${heard} ${key} ${id}`)
    }
    this.#expect(rest, [])
    this.#after(rest)
  }

  #leavePresence(client: Client): void {
    const rest = this.#step({ name: 'leavePresence', connection: client.id, nowMs: 1 })
    this.#expect(rest, [])
    this.#leave(client)
    this.#after(rest)
  }

  #sync(client: Client): void {
    const { id: connection, place } = client
    const answered = place?.state === 'attached' && (place.modes & PS) !== 0
    const rest = this.#step({ name: 'sync', connection })
    if (answered) this.#owedIsEmpty()
    this.#expect(rest, this.#syncFor(connection, answered))
    this.#after(rest)
  }

  #membersOf(client: Client): string[] {
    return [...this.#present.keys()].filter((key) => key.startsWith(`${client.id}/`))
  }

  #leave(client: Client): void {
    const gone = this.#membersOf(client)
    for (const key of gone) this.#present.delete(key)
    this.#oweLeaves(gone)
  }

  #oweLeaves(keys: readonly string[]): void {
    for (const key of keys) this.#owePresence(`leave ${key} gone`)
  }

  #owePresence(told: string): void {
    for (const client of this.#clients) {
      const modes = client.place?.state === 'attached' ? client.place.modes : 0
      if ((modes & PS) !== 0) client.owed.push(told)
    }
  }

  #syncFor(connection: string, wanted: boolean): Rest[] {
    return wanted ? [{ name: 'sync', connection, members: [] }] : []
  }

  // The step itself, and what holds for every one

  #step(event: ChannelEvent, echoes = 0): Rest[] {
    const variants = new Set(this.#clients.flatMap(variantName))
    const effects = this.#channel.step(event)
    const delivered = effects.filter((effect) => effect.name === 'deliver')
    const firstOther = effects.findIndex((effect) => effect.name !== 'deliver')
    assert.ok(firstOther === -1 || firstOther >= delivered.length, 'what waits leaves first')
    assert.ok(delivered.length <= variants.size, 'one delivery for each variant')
    assert.equal(effects.filter((effect) => effect.name === 'echoPresence').length, echoes)
    for (const effect of delivered) this.#deliver(effect)
    if (delivered.length > 0 || CUTTING.includes(event.name)) this.#owedIsEmpty()
    if (effects.some((effect) => effect.name === 'flushSoon')) this.#flushPlanned = true
    return effects.filter((effect): effect is Rest => {
      return !['deliver', 'flushSoon', 'echoPresence'].includes(effect.name)
    })
  }

  #deliver(effect: Extract<ChannelEffect, { name: 'deliver' }>): void {
    this.#lent.push({ to: effect.to, was: [...effect.to] })
    for (const id of effect.to) {
      const client = this.#byId(id)
      assert.equal(effect.variant.format, client.format)
      assert.deepEqual(effect.events.map(nameOf), client.owed, `what ${id} is told`)
      client.owed = []
      for (const event of effect.events) this.#hear(client, event)
    }
  }

  #hear(client: Client, event: DeliveredEvent): void {
    if (event.kind !== 'presence') {
      const may = this.#told.get(event.id)?.[this.#clients.indexOf(client)]
      assert.ok(may, `${client.id} had no right to ${event.id}`)
      if (event.kind !== 'message' || event.fleeting !== true) client.serial = event.serial
      return
    }
    const key = `${event.member.connectionId}/${event.member.clientId}`
    if (event.action === 'leave') client.observed.delete(key)
    else client.observed.set(key, event.member.id)
  }

  /** What the clients make of it, and what holds between steps. */
  #after(rest: readonly Rest[]): void {
    for (const effect of rest) this.#perform(effect)
    for (const { id, place, owed } of this.#clients) {
      const { state, modes } = this.#channel.attachment(id) ?? {}
      assert.deepEqual([state, modes], [place?.state, place?.modes], `the place of ${id}`)
      assert.ok(owed.length === 0 || this.#flushPlanned, 'what waits is promised a flush')
    }
    const present = [...this.#channel.members.values()].map(
      (member) => [`${member.connectionId}/${member.clientId}`, member.id] as const,
    )
    assert.deepEqual(sorted(new Map(present)), sorted(this.#present), 'who is present')
    if (this.#channel.isIdle) this.#channel = new Channel('any')
  }

  #perform(effect: Rest): void {
    const client = this.#byId(effect.connection)
    switch (effect.name) {
      case 'attached':
        if (!(client.attached && effect.resumed) && !effect.hasPresence) client.observed.clear()
        client.attached = true
        client.serial = effect.serial
        return
      case 'sync':
        client.observed.clear()
        for (const member of effect.members)
          client.observed.set(`${member.connectionId}/${member.clientId}`, member.id)
        return
      case 'replay':
        for (const message of effect.messages) this.#hear(client, message)
        return
      case 'readBacklog':
        this.#reads.push({
          connection: effect.connection,
          after: effect.after,
          upTo: this.#head,
        })
        return
      case 'refused':
      case 'detached':
        client.attached = false
        client.serial = undefined
        client.observed.clear()
        return
      case 'purge':
    }
  }

  #byId(id: string): Client {
    const client = this.#clients.find((each) => each.id === id)
    assert.ok(client, `nobody is called ${id}`)
    return client
  }

  #since(serial: string): Logged[] {
    return this.#log.filter(({ message }) => message.serial > serial)
  }

  #owedIsEmpty(): void {
    for (const { id, owed } of this.#clients)
      assert.deepEqual(owed, [], `what ${id} still waits for`)
  }

  /** Members of a sync are compared with what the clients make of them, at the next flush. */
  #expect(rest: readonly Rest[], expected: readonly Rest[]): void {
    const plain = (effect: Rest) => (effect.name === 'sync' ? { ...effect, members: [] } : effect)
    assert.deepEqual(rest.map(plain), expected)
  }
}

function serialAt(position: number): string {
  return `s${String(position).padStart(5, '0')}`
}

function shows(client: Client, message: ChannelMessage): boolean {
  return client.echo || message.connectionId !== client.id
}

function told(action: PresenceAction, known: string | undefined, id: string): boolean {
  return action === 'leave' ? known !== undefined : action === 'update' || known !== id
}

function nameOf(event: DeliveredEvent): string {
  if (event.kind !== 'presence') return event.id
  const { connectionId, clientId, id } = event.member
  return `${event.action} ${connectionId}/${clientId} ${event.synthesized ? 'gone' : id}`
}

function notSync(effect: Rest): boolean {
  return effect.name !== 'sync'
}

function variantName({ id, format, echo, place }: Client): string[] {
  if (place?.state !== 'attached' || (place.modes & (S | PS)) === 0) return []
  return [`${format} ${place.modes & (S | PS)} ${echo ? '' : id}`]
}

function sorted(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
