// A naive second opinion on one channel, written from SPEC.md: plain lists, no groups, no sharing. It plays the hub, the
// store and the clients around a real Channel, and stops at the first step that differs from what it expects.

import assert from 'node:assert/strict'
import {
  type ChannelMessage,
  type Modes,
  type PresenceAction,
  type ResumeAnswer,
  type RightsSource,
  resumeAt,
} from '../src/index.ts'
import { replayed } from './build.ts'
import {
  type Client,
  nameOf,
  notSync,
  type Op,
  P,
  type Place,
  PS,
  REQUESTS,
  type Read,
  type Rest,
  RIGHTS,
  S,
  shows,
  sorted,
  told,
  type Who,
} from './model-parts.ts'
import { Stage } from './model-stage.ts'

export class Play extends Stage {
  apply(op: Op): void {
    switch (op[0]) {
      case 'attach':
        return this.#attach(this.client(op[1]), REQUESTS[op[2] % REQUESTS.length] ?? 0, op[3])
      case 'answer':
        return this.#answer(this.#takeRead(op[1]), op[2])
      case 'fail':
        return this.#answer(this.#takeRead(op[1]), 0)
      case 'publish':
        return this.#publish(op[1], op[2] === 'fleeting')
      case 'elsewhere':
        this.position += 1
        return
      case 'rights':
        return this.#rights(op[1], op[2])
      case 'detach':
        return this.#detach(this.client(op[1]))
      case 'suspend':
        return this.#suspend(this.client(op[1]))
      case 'forget':
        return this.#forget(this.client(op[1]))
      case 'leavePresence':
        return this.#leavePresence(this.client(op[1]))
      case 'sync':
        return this.#sync(this.client(op[1]))
      case 'presence':
        return this.#change(this.client(op[1]), op[2], op[3])
      case 'flush':
        return this.#flush()
    }
  }

  /** Lets everything under way end: all reads answered, all told. Then nothing may be missing anywhere. */
  finish(): void {
    for (let round = 0; this.reads.length > 0; round += 1) {
      assert.ok(round < 1000, 'reading never ends')
      this.#answer(this.#takeRead(0), 2)
    }
    this.#flush()
    for (const client of this.clients)
      assert.notEqual(client.place?.state, 'attaching', 'nobody is left waiting')
    for (const { to, was } of this.lent) assert.deepEqual([...to], was, 'a lent set has changed')
  }

  // Attaching

  #attach(client: Client, requested: Modes, way: 'fresh' | 'resume' | 'lost'): void {
    client.connected = true
    const resume = this.#resume(client, way)
    const modes = requested & client.allowed
    const { id: connection, format, echo } = client
    const head = this.head
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
    const rest = this.step(event)
    const known = client.place
    client.place = undefined
    const gone = (modes & P) === 0 ? this.membersOf(client) : []
    for (const key of gone) this.present.delete(key)
    if (modes === 0) {
      this.expect(rest, [{ name: 'refused', connection, cause: 'never_granted' }])
    } else if (known?.state === 'attached') {
      client.place = { state: 'attached', requested, modes, from: '' }
      const sees = (modes & PS) !== 0
      const hasPresence = sees && (this.present.size > 0 || (known.modes & PS) === 0)
      const answer = { modes, resumed: true, hasBacklog: false, hasPresence, serial: head }
      this.expect(rest, [
        { name: 'attached', connection, ...answer },
        ...this.syncFor(connection, hasPresence),
      ])
    } else if (resume.kind === 'resumed') {
      client.place = { state: 'attaching', requested, modes, from: resume.from }
      this.expect(rest, [{ name: 'readBacklog', connection, after: resume.from }])
    } else {
      client.place = { state: 'attached', requested, modes, from: '' }
      const hasPresence = (modes & PS) !== 0 && this.present.size > 0
      const gap = resume.kind === 'gap' ? { gap: resume.reason } : {}
      const answer = { modes, resumed: false, hasBacklog: false, hasPresence, serial: head, ...gap }
      this.expect(rest, [
        { name: 'attached', connection, ...answer },
        ...this.syncFor(connection, hasPresence),
      ])
    }
    this.oweLeaves(gone)
    this.after(rest)
  }

  #resume(client: Client, way: 'fresh' | 'resume' | 'lost'): ResumeAnswer {
    const index = this.clients.indexOf(client)
    const answer = resumeAt(way === 'fresh' ? undefined : client.serial, way !== 'lost', this.head)
    if (answer.kind !== 'resumed') return answer
    const hidden = this.since(answer.from).some((logged) => logged.may[index] !== true)
    return hidden ? { kind: 'gap', reason: 'rights_changed' } : answer
  }

  #takeRead(n: number): Read | undefined {
    return this.reads.splice(n % Math.max(1, this.reads.length), 1)[0]
  }

  /** @param page most messages of the answer; 0 for a gap */
  #answer(read: Read | undefined, page: number): void {
    if (read === undefined) return
    const { connection, after, upTo } = read
    const found = this.since(after).filter(({ message }) => message.serial <= upTo)
    const messages = found.slice(0, page).map(({ message }) => message)
    const hasMore = found.length > messages.length
    const next = hasMore ? (messages.at(-1)?.serial ?? after) : upTo
    const answer =
      page === 0
        ? ({ kind: 'gap', reason: 'unknown_position' } as const)
        : ({ kind: 'messages', messages, hasMore, upTo, next } as const)
    const rest = this.step({ name: 'backlog', connection, after, answer, head: this.head })
    const client = this.byId(connection)
    const { place } = client
    const [first] = rest
    if (first === undefined) return this.after(rest)
    assert.equal(place?.state, 'attaching', 'only an attaching connection waits for an answer')
    if (first.name === 'attached') {
      this.owedIsEmpty()
      assert.ok(place)
      place.state = 'attached'
      this.expect(rest, this.#joined(client, place, page === 0))
    } else {
      assert.equal(first.name, 'readBacklog')
      assert.equal(rest.length, 1)
    }
    this.after(rest)
  }

  /** All that was told since the position it came back with, however it was read. */
  #joined(client: Client, place: Place, failed: boolean): Rest[] {
    const connection = client.id
    const { modes } = place
    const hasPresence = (modes & PS) !== 0 && this.present.size > 0
    const sync = this.syncFor(connection, hasPresence)
    if (failed) {
      const gap = 'unknown_position' as const
      const answer = {
        modes,
        resumed: false,
        hasBacklog: false,
        hasPresence,
        serial: this.head,
        gap,
      }
      return [{ name: 'attached', connection, ...answer }, ...sync]
    }
    const missed = this.since(place.from).map(({ message }) => message)
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
    const rest = this.step({ name: 'detach', connection, nowMs: 1 })
    client.place = undefined
    this.expect(rest, [{ name: 'detached', connection }])
    this.leave(client)
    this.after(rest)
  }

  #forget(client: Client): void {
    const rest = this.step({ name: 'forget', connection: client.id, nowMs: 1 })
    client.place = undefined
    client.serial = undefined
    client.attached = false
    client.observed.clear()
    this.expect(rest, [])
    this.leave(client)
    this.after(rest)
  }

  #suspend(client: Client): void {
    client.owed = []
    const rest = this.step({ name: 'suspend', connection: client.id })
    client.place = undefined
    client.connected = false
    client.attached = false
    this.expect(rest, [])
    this.after(rest)
  }

  // Messages

  #publish(who: Who, fleeting: boolean): void {
    const publisher = this.clients[who]
    this.count += 1
    if (!fleeting) this.position += 1
    const serial = fleeting ? `${this.head}~${this.count}` : this.head
    const message: ChannelMessage = {
      kind: 'message',
      serial,
      atMs: this.count,
      id: `m${this.count}`,
      messages: [],
      ...(publisher === undefined ? {} : { connectionId: publisher.id }),
      ...(fleeting ? { fleeting } : {}),
    }
    const may = this.clients.map((client) => (client.allowed & S) !== 0)
    if (!fleeting) this.log.push({ message, may })
    this.told.set(message.id, may)
    const rest = this.step({ name: 'message', message })
    for (const client of this.clients) {
      const modes = client.place?.state === 'attached' ? client.place.modes : 0
      if ((modes & S) !== 0 && shows(client, message)) client.owed.push(nameOf(message))
    }
    this.expect(rest, [])
    this.after(rest)
  }

  #flush(): void {
    this.flushPlanned = false
    const rest = this.step({ name: 'flush' })
    this.expect(rest, [])
    this.after(rest)
    for (const client of this.clients) {
      if (client.place?.state !== 'attached' || (client.place.modes & PS) === 0) continue
      assert.deepEqual(sorted(client.observed), sorted(this.present), `what ${client.id} sees`)
    }
  }

  // Rights

  #rights(changes: readonly (readonly [Who, number])[], source: RightsSource): void {
    const allowed = new Map<string, Modes>()
    for (const [who, rights] of changes) {
      const client = this.client(who)
      client.allowed = RIGHTS[rights % RIGHTS.length] ?? 0
      allowed.set(client.id, client.allowed)
    }
    if (source === 'policy') this.position += 1
    const rest = this.step({ name: 'reauthorize', allowed, source, head: this.head, nowMs: 1 })
    const gone: string[] = []
    const expected = [...allowed.keys()].flatMap((id) => this.#regrant(this.byId(id), source, gone))
    this.expect(rest.filter(notSync), expected.filter(notSync))
    this.oweLeaves(gone)
    this.after(rest)
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
      for (const key of this.membersOf(client)) {
        this.present.delete(key)
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
    const answer = { modes, serial: this.head, hasBacklog: false }
    if (place.state === 'attached') {
      const hasPresence = (gained & PS) !== 0
      return [{ name: 'attached', connection, ...answer, resumed: true, hasPresence }]
    }
    if ((gained & S) === 0) return []
    place.state = 'attached'
    const hasPresence = (modes & PS) !== 0 && this.present.size > 0
    const gap = 'rights_changed' as const
    return [{ name: 'attached', connection, ...answer, resumed: false, hasPresence, gap }]
  }

  // Presence

  #change(client: Client, person: string, action: PresenceAction | 'again'): void {
    const modes = client.place?.modes ?? P
    if (!client.connected || (modes & client.allowed & P) === 0) return
    const key = `${client.id}/${person}`
    const known = this.present.get(key)
    this.count += 1
    const id = action === 'again' && known !== undefined ? known : `${client.id}:${this.count}:0`
    const asked = action === 'again' ? 'enter' : action
    const member = { id, clientId: person, connectionId: client.id, timestampMs: this.count }
    const owner = client.place
    const rest = this.step(
      { name: 'presence', changes: [{ action: asked, member }] },
      owner?.state === 'attached' && (owner.modes & PS) === 0 && told(asked, known, id) ? 1 : 0,
    )
    if (told(asked, known, id)) {
      const heard = known === undefined ? 'enter' : asked
      if (asked === 'leave') this.present.delete(key)
      else this.present.set(key, id)
      this.owePresence(`${heard} ${key} ${id}`)
    }
    this.expect(rest, [])
    this.after(rest)
  }

  #leavePresence(client: Client): void {
    const rest = this.step({ name: 'leavePresence', connection: client.id, nowMs: 1 })
    this.expect(rest, [])
    this.leave(client)
    this.after(rest)
  }

  #sync(client: Client): void {
    const { id: connection, place } = client
    const answered = place?.state === 'attached' && (place.modes & PS) !== 0
    const rest = this.step({ name: 'sync', connection })
    if (answered) this.owedIsEmpty()
    this.expect(rest, this.syncFor(connection, answered))
    this.after(rest)
  }
}
