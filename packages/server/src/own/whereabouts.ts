// Who is here, wherever in the app they are: what people say of themselves on `[me]`, told to whoever asks about them beside a
// channel. Of each one only as the presence of that channel would tell it: to who receives there, of who may be present there.
// Decided anew at every word, taken back when a right goes, kept nowhere.

import {
  type Action,
  type Affected,
  authorize,
  type ChannelName,
  channelOf,
  isStranger,
  resourceOf,
  subjectOf,
  touches,
  type World,
} from '@sayso/policy'
import type { OwnHere } from '@sayso/protocol'
import type { Asker } from '../commands/asker.ts'
import { Failure } from '../commands/failure.ts'
import type { LiveConnection } from '../live-connection.ts'
import { resourceNamed } from '../resource-named.ts'

/** People one connection may ask about at a time, over all channels. */
export const MAX_ASKED = 500
/** Channels beside which it may ask. */
export const MAX_PLACES = 60
/** What comes within it is told together; milliseconds. */
const GATHERED_MS = 40
/** Answers worked out in one turn of the event loop; the others wait for the next one. */
const MOST_AT_ONCE = 2_000

export type WhereaboutsOptions = {
  readonly world: () => World
  readonly tell: (connection: LiveConnection, here: OwnHere) => void
  /** Runs something after a while; returns a way to call it off. */
  readonly timer: (run: () => void, ms: number) => () => void
}

/** A connection that is attached to `[me]`. */
type Party = {
  readonly connection: LiveConnection
  readonly person: string
  /** What it says of its person; absent: nothing, and they are not here by it. */
  said?: { readonly data: unknown; readonly order: number } | undefined
  readonly watches: Map<string, Watch>
}

/** The people one connection asks about beside one channel. */
type Watch = {
  readonly party: Party
  /** As the client spelled it. */
  readonly on: string
  /** Absent: no channel that a type governs, where nobody is told of. */
  readonly channel: ChannelName | undefined
  /** What was told last of each, as text; absent: nothing yet. */
  readonly told: Map<string, string | undefined>
  readonly due: Set<string>
}

export class Whereabouts {
  readonly #options: WhereaboutsOptions
  readonly #parties = new Map<LiveConnection, Party>()
  readonly #ofPerson = new Map<string, Set<Party>>()
  readonly #watchesOf = new Map<string, Set<Watch>>()
  readonly #due = new Set<Watch>()
  #said = 0
  #cancel: (() => void) | undefined

  constructor(options: WhereaboutsOptions) {
    this.#options = options
  }

  /** A connection has come to `[me]`. It says nothing and asks nothing yet. */
  join(connection: LiveConnection, person: string): void {
    const party: Party = { connection, person, watches: new Map() }
    this.#parties.set(connection, party)
    put(this.#ofPerson, person, party)
  }

  /** It has gone from there: nobody is here by it any more, and nothing more is told to it. */
  leave(connection: LiveConnection): void {
    const party = this.#parties.get(connection)
    if (party === undefined) return
    this.say(connection, undefined)
    for (const on of [...party.watches.keys()]) this.#unwatch(party, on)
    take(this.#ofPerson, party.person, party)
    this.#parties.delete(connection)
  }

  /** What it says of its person from now on; undefined: they are not here by it. */
  say(connection: LiveConnection, data: unknown): void {
    const party = this.#parties.get(connection)
    if (party === undefined || (data === undefined && party.said === undefined)) return
    this.#said += 1
    party.said = data === undefined ? undefined : { data, order: this.#said }
    this.#personMoved(party.person)
  }

  /**
   * Asks about people beside a channel, in place of those asked about there before; of nobody ends it. All of them are told
   * of, then what changes.
   *
   * @param on a channel, or the resource that governs it
   * @throws {Failure} `invalid`: too many
   */
  watch(connection: LiveConnection, on: string, people: readonly string[]): void {
    const party = this.#parties.get(connection)
    if (party === undefined) return
    const others = [...party.watches.values()].filter((each) => each.on !== on)
    const asked = others.reduce((sum, { told }) => sum + told.size, people.length)
    if (asked > MAX_ASKED || others.length >= MAX_PLACES) {
      const most = `${MAX_ASKED} people beside ${MAX_PLACES} channels`
      throw new Failure('invalid', `one connection asks about at most ${most}`, {
        remedy: 'ask about those who are in view',
      })
    }
    this.#unwatch(party, on)
    if (people.length === 0) return
    const told = new Map(people.map((person) => [person, undefined]))
    const channel = channelNamed(this.#options.world(), on)
    const watch: Watch = { party, on, channel, told, due: new Set(people) }
    party.watches.set(on, watch)
    for (const person of told.keys()) put(this.#watchesOf, person, watch)
    this.#soon(watch)
  }

  /** Rights of the connection's person may have moved; without `touched`, any of them. */
  rightsMoved(connection: LiveConnection, touched?: Affected): void {
    const party = this.#parties.get(connection)
    if (party === undefined) return
    const subject = subjectOf(connection.asker.credential)
    const world = this.#options.world()
    const isMoved = ({ channel }: Watch) => {
      const resource = channel && resourceOf(world.policy, channel)
      if (touched === undefined || subject === undefined || resource === undefined) return true
      return touched.keys !== 'none' || touches(touched, subject, resource)
    }
    for (const watch of party.watches.values())
      if (isMoved(watch)) this.#soon(watch, watch.told.keys())
    if (party.said === undefined) return
    for (const watch of this.#watchesOf.get(party.person) ?? [])
      if (isMoved(watch)) this.#soon(watch, [party.person])
  }

  stop(): void {
    this.#cancel?.()
  }

  #personMoved(person: string): void {
    for (const watch of this.#watchesOf.get(person) ?? []) this.#soon(watch, [person])
  }

  #unwatch(party: Party, on: string): void {
    const watch = party.watches.get(on)
    if (watch === undefined) return
    party.watches.delete(on)
    this.#due.delete(watch)
    for (const person of watch.told.keys()) take(this.#watchesOf, person, watch)
  }

  #soon(watch: Watch, people: Iterable<string> = []): void {
    for (const person of people) watch.due.add(person)
    this.#due.add(watch)
    this.#cancel ??= this.#options.timer(() => this.#tellDue(), GATHERED_MS)
  }

  #tellDue(): void {
    this.#cancel = undefined
    let count = 0
    for (const watch of this.#due) {
      if (count >= MOST_AT_ONCE) {
        this.#cancel = this.#options.timer(() => this.#tellDue(), 0)
        return
      }
      count += watch.due.size
      this.#due.delete(watch)
      this.#tell(watch)
    }
  }

  /** INVARIANT: what is told is decided in this turn, by the rights of both sides. */
  #tell({ party, on, channel, told, due }: Watch): void {
    const world = this.#options.world()
    const { asker } = party.connection
    const isHeard = channel !== undefined && may(world, asker, 'subscribe', channel)
    const items: OwnHere['items'][number][] = []
    for (const person of due) {
      const said = isHeard ? this.#saidOf(world, person, channel) : []
      const text = JSON.stringify(said)
      if (told.get(person) === text) continue
      told.set(person, text)
      items.push({ on, person, said })
    }
    due.clear()
    if (items.length > 0) this.#options.tell(party.connection, { items })
  }

  #saidOf(world: World, person: string, channel: ChannelName): readonly unknown[] {
    return [...(this.#ofPerson.get(person) ?? [])]
      .filter(({ connection }) => may(world, connection.asker, 'presence', channel))
      .flatMap(({ said }) => (said === undefined ? [] : [said]))
      .sort((one, other) => one.order - other.order)
      .map(({ data }) => data)
  }
}

function may(
  world: World,
  { credential, narrowed }: Asker,
  action: Action,
  channel: ChannelName,
): boolean {
  if (narrowed?.get(channel)?.has(action) === true) return false
  if (isStranger(world, credential, channel)) return false
  return authorize(world, credential, action, channel).allowed
}

/** Where nothing but tokens decide, everybody could be asked about: only what a type governs counts as shared. */
function channelNamed({ policy }: World, on: string): ChannelName | undefined {
  const resource = resourceOf(policy, on) ?? resourceNamed(on)
  return resource && channelOf(policy, resource)
}

function put<T>(sets: Map<string, Set<T>>, key: string, one: T): void {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set.add(one))
}

function take<T>(sets: Map<string, Set<T>>, key: string, one: T): void {
  const set = sets.get(key)
  set?.delete(one)
  if (set?.size === 0) sets.delete(key)
}
