// What the naive model of a channel is made of: things that happen, clients, and what is compared.

import {
  type ChannelEffect,
  type ChannelEvent,
  type ChannelMessage,
  type DeliveredEvent,
  type Format,
  MODE,
  type Modes,
  modesOf,
  type PresenceAction,
  type RightsSource,
} from '../src/index.ts'
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
export type Who = number

export const PEOPLE = 4
export const S = MODE.subscribe
export const PS = MODE.presenceSubscribe
export const P = MODE.presence
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

export type Place = {
  state: 'attaching' | 'attached'
  requested: Modes
  modes: Modes
  from: string
}
export type Client = {
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
export type Logged = { readonly message: ChannelMessage; readonly may: readonly boolean[] }
export type Read = { readonly connection: string; readonly after: string; readonly upTo: string }
export type Rest = Exclude<
  ChannelEffect,
  { name: 'deliver' | 'flushSoon' | 'echoPresence' | 'occupancy' | 'occupancySoon' }
>

/** Events that cut what waits, whatever else they do. */
export const CUTTING: readonly ChannelEvent['name'][] = [
  'attach',
  'detach',
  'forget',
  'reauthorize',
  'flush',
]

export function serialAt(position: number): string {
  return `s${String(position).padStart(5, '0')}`
}

export function shows(client: Client, message: ChannelMessage): boolean {
  return client.echo || message.connectionId !== client.id
}

export function told(action: PresenceAction, known: string | undefined, id: string): boolean {
  return action === 'leave' ? known !== undefined : action === 'update' || known !== id
}

export function nameOf(event: DeliveredEvent): string {
  if (event.kind !== 'presence') return event.id
  const { connectionId, clientId, id } = event.member
  return `${event.action} ${connectionId}/${clientId} ${event.synthesized ? 'gone' : id}`
}

export function notSync(effect: Rest): boolean {
  return effect.name !== 'sync'
}

export function variantName({ id, format, echo, place }: Client): string[] {
  if (place?.state !== 'attached' || (place.modes & (S | PS)) === 0) return []
  return [`${format} ${place.modes & (S | PS)} ${echo ? '' : id}`]
}

export function sorted(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}
