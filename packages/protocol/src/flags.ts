// The bit field of ATTACH and ATTACHED: five status bits and the modes an attachment asks for or was given.

/** Bits of `flags`. The first group tells how the attach went, the second is one bit per mode. */
export const Flag = {
  HAS_PRESENCE: 1,
  HAS_BACKLOG: 1 << 1,
  RESUMED: 1 << 2,
  TRANSIENT: 1 << 4,
  ATTACH_RESUME: 1 << 5,
  HAS_OBJECTS: 1 << 7,
  PRESENCE: 1 << 16,
  PUBLISH: 1 << 17,
  SUBSCRIBE: 1 << 18,
  PRESENCE_SUBSCRIBE: 1 << 19,
  ANNOTATION_PUBLISH: 1 << 21,
  ANNOTATION_SUBSCRIBE: 1 << 22,
  OBJECT_SUBSCRIBE: 1 << 24,
  OBJECT_PUBLISH: 1 << 25,
} as const
export type FlagName = keyof typeof Flag

/** One thing an attachment may do. */
export type Mode =
  | 'publish'
  | 'subscribe'
  | 'presence'
  | 'presence_subscribe'
  | 'annotation_publish'
  | 'annotation_subscribe'
  | 'object_subscribe'
  | 'object_publish'

const bitOf: Readonly<Record<Mode, number>> = {
  publish: Flag.PUBLISH,
  subscribe: Flag.SUBSCRIBE,
  presence: Flag.PRESENCE,
  presence_subscribe: Flag.PRESENCE_SUBSCRIBE,
  annotation_publish: Flag.ANNOTATION_PUBLISH,
  annotation_subscribe: Flag.ANNOTATION_SUBSCRIBE,
  object_subscribe: Flag.OBJECT_SUBSCRIBE,
  object_publish: Flag.OBJECT_PUBLISH,
}

/** Every mode, in the order `flagsToModes` lists them. */
export const allModes: readonly Mode[] = Object.keys(bitOf) as Mode[]

/** What an ATTACH that names no modes asks for. */
export const defaultModes: readonly Mode[] = [
  'publish',
  'subscribe',
  'presence',
  'presence_subscribe',
  'annotation_publish',
]

/** Sets the bit of each mode. */
export function modesToFlags(modes: Iterable<Mode>): number {
  let flags = 0
  for (const mode of modes) flags |= bitOf[mode]
  return flags
}

/** Reads the mode bits and ignores all others; none set gives an empty list, which on ATTACH means "the default". */
export function flagsToModes(flags: number): Mode[] {
  return allModes.filter((mode) => (flags & bitOf[mode]) !== 0)
}

/** Tells whether a status bit is set; false when the frame had no flags. */
export function hasFlag(flags: number | undefined, name: FlagName): boolean {
  return ((flags ?? 0) & Flag[name]) !== 0
}

/** Reads the channel param `modes`, for example `subscribe,publish`; undefined if it is empty or names no mode we know. */
export function modesFromParam(text: string): Mode[] | undefined {
  const asked = new Set<string>(text.split(',').map((word) => word.trim().toLowerCase()))
  const modes = allModes.filter((mode) => asked.has(mode))
  return modes.length === asked.size ? modes : undefined
}
