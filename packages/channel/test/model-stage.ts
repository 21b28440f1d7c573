// The stage of the naive model: a real Channel, clients and a log in plain lists, and what must hold after every step.

import assert from 'node:assert/strict'
import {
  Channel,
  type ChannelEffect,
  type ChannelEvent,
  type DeliveredEvent,
} from '../src/index.ts'
import {
  type Client,
  CUTTING,
  type Logged,
  nameOf,
  PEOPLE,
  PS,
  type Read,
  type Rest,
  RIGHTS,
  serialAt,
  sorted,
  variantName,
  type Who,
} from './model-parts.ts'

export class Stage {
  protected channel = new Channel('any')
  protected readonly clients: Client[]
  protected readonly log: Logged[] = []
  protected readonly told = new Map<string, readonly boolean[]>()
  protected readonly present = new Map<string, string>()
  protected readonly reads: Read[] = []
  protected readonly lent: { to: ReadonlySet<string>; was: readonly string[] }[] = []
  protected position = 1
  protected count = 0
  protected flushPlanned = false

  constructor() {
    this.clients = Array.from({ length: PEOPLE }, (_, index) => ({
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

  protected client(who: Who): Client {
    const client = this.clients[who % PEOPLE]
    assert.ok(client)
    return client
  }

  protected get head(): string {
    return serialAt(this.position)
  }

  protected membersOf(client: Client): string[] {
    return [...this.present.keys()].filter((key) => key.startsWith(`${client.id}/`))
  }

  protected leave(client: Client): void {
    const gone = this.membersOf(client)
    for (const key of gone) this.present.delete(key)
    this.oweLeaves(gone)
  }

  protected oweLeaves(keys: readonly string[]): void {
    for (const key of keys) this.owePresence(`leave ${key} gone`)
  }

  protected owePresence(told: string): void {
    for (const client of this.clients) {
      const modes = client.place?.state === 'attached' ? client.place.modes : 0
      if ((modes & PS) !== 0) client.owed.push(told)
    }
  }

  protected syncFor(connection: string, wanted: boolean): Rest[] {
    return wanted ? [{ name: 'sync', connection, members: [] }] : []
  }

  // The step itself, and what holds for every one

  protected step(event: ChannelEvent, echoes = 0): Rest[] {
    const variants = new Set(this.clients.flatMap(variantName))
    const effects = this.channel.step(event)
    const delivered = effects.filter((effect) => effect.name === 'deliver')
    const firstOther = effects.findIndex((effect) => effect.name !== 'deliver')
    assert.ok(firstOther === -1 || firstOther >= delivered.length, 'what waits leaves first')
    assert.ok(delivered.length <= variants.size, 'one delivery for each variant')
    assert.equal(effects.filter((effect) => effect.name === 'echoPresence').length, echoes)
    for (const effect of delivered) this.deliver(effect)
    if (delivered.length > 0 || CUTTING.includes(event.name)) this.owedIsEmpty()
    if (effects.some((effect) => effect.name === 'flushSoon')) this.flushPlanned = true
    return effects.filter((effect): effect is Rest => {
      return !['deliver', 'flushSoon', 'echoPresence'].includes(effect.name)
    })
  }

  protected deliver(effect: Extract<ChannelEffect, { name: 'deliver' }>): void {
    this.lent.push({ to: effect.to, was: [...effect.to] })
    for (const id of effect.to) {
      const client = this.byId(id)
      assert.equal(effect.variant.format, client.format)
      assert.deepEqual(effect.events.map(nameOf), client.owed, `what ${id} is told`)
      client.owed = []
      for (const event of effect.events) this.hear(client, event)
    }
  }

  protected hear(client: Client, event: DeliveredEvent): void {
    if (event.kind !== 'presence') {
      const may = this.told.get(event.id)?.[this.clients.indexOf(client)]
      assert.ok(may, `${client.id} had no right to ${event.id}`)
      if (event.kind !== 'message' || event.fleeting !== true) client.serial = event.serial
      return
    }
    const key = `${event.member.connectionId}/${event.member.clientId}`
    if (event.action === 'leave') client.observed.delete(key)
    else client.observed.set(key, event.member.id)
  }

  /** What the clients make of it, and what holds between steps. */
  protected after(rest: readonly Rest[]): void {
    for (const effect of rest) this.perform(effect)
    for (const { id, place, owed } of this.clients) {
      const { state, modes } = this.channel.attachment(id) ?? {}
      assert.deepEqual([state, modes], [place?.state, place?.modes], `the place of ${id}`)
      assert.ok(owed.length === 0 || this.flushPlanned, 'what waits is promised a flush')
    }
    const present = [...this.channel.members.values()].map(
      (member) => [`${member.connectionId}/${member.clientId}`, member.id] as const,
    )
    assert.deepEqual(sorted(new Map(present)), sorted(this.present), 'who is present')
    if (this.channel.isIdle) this.channel = new Channel('any')
  }

  protected perform(effect: Rest): void {
    const client = this.byId(effect.connection)
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
        for (const message of effect.messages) this.hear(client, message)
        return
      case 'readBacklog':
        this.reads.push({
          connection: effect.connection,
          after: effect.after,
          upTo: this.head,
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

  protected byId(id: string): Client {
    const client = this.clients.find((each) => each.id === id)
    assert.ok(client, `nobody is called ${id}`)
    return client
  }

  protected since(serial: string): Logged[] {
    return this.log.filter(({ message }) => message.serial > serial)
  }

  protected owedIsEmpty(): void {
    for (const { id, owed } of this.clients)
      assert.deepEqual(owed, [], `what ${id} still waits for`)
  }

  /** Members of a sync are compared with what the clients make of them, at the next flush. */
  protected expect(rest: readonly Rest[], expected: readonly Rest[]): void {
    const plain = (effect: Rest) => (effect.name === 'sync' ? { ...effect, members: [] } : effect)
    assert.deepEqual(rest.map(plain), expected)
  }
}
