// Modes: what an attachment may do and see, as a small bit set. The wire shifts the same bits into its flags.

/** A bit set of `MODE` values. */
export type Modes = number

export const MODE = {
  presence: 1,
  publish: 2,
  subscribe: 4,
  presenceSubscribe: 8,
  annotationPublish: 32,
  annotationSubscribe: 64,
} as const satisfies Record<string, Modes>

/** Hears who is here as numbers: no mode of the wire, but granted and taken like one. A channel parameter asks for it. */
export const OCCUPANCY: Modes = 1024

export const NO_MODES: Modes = 0

/** The modes that make a place on a channel; the others only add to one. */
export const PLACE_MODES: Modes = ~OCCUPANCY

/** What an attach asks for when it names no modes. */
export const DEFAULT_MODES: Modes =
  MODE.presence | MODE.publish | MODE.subscribe | MODE.presenceSubscribe | MODE.annotationPublish

/** The modes that holding an action yields; an action outside this table yields none. */
const MODES_BY_ACTION: Readonly<Record<string, Modes>> = {
  subscribe: MODE.subscribe | MODE.presenceSubscribe,
  publish: MODE.publish,
  presence: MODE.presence,
  'annotation-publish': MODE.annotationPublish,
  'annotation-subscribe': MODE.annotationSubscribe,
  'channel-metadata': OCCUPANCY,
}

/** The actions that yield modes: what a hub must ask the policy to know an attachment's rights. */
export const MODE_ACTIONS: readonly string[] = Object.keys(MODES_BY_ACTION)

/** Adds up the modes that the allowed actions yield. */
export function modesOf(actions: Iterable<string>): Modes {
  let modes = NO_MODES
  for (const action of actions) modes |= MODES_BY_ACTION[action] ?? NO_MODES
  return modes
}

export function has(modes: Modes, wanted: Modes): boolean {
  return (modes & wanted) === wanted
}

/** Whether a client that goes on must be sent the members, of none as well as of some: it may remember others. */
export function gainsMembers(before: Modes, modes: Modes): boolean {
  return (modes & ~before & MODE.presenceSubscribe) !== 0
}
