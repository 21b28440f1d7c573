// Frames as nobody means them: structured nonsense from a seed.

import type { Random } from './random.ts'

const STRINGS = [
  '',
  'x',
  'fuzz:1',
  '[?rewind=2]fuzz:1',
  '[filter=bmFtZSA9PSBgIngiYA==]fuzz:1',
  '[permissions]*',
  '[broken',
  ':',
  '\u0000',
  '__proto__',
  '💥',
  '-1',
]
const NUMBERS = [0, 1, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, Number.MIN_VALUE]
const MEMBERS = [
  'action',
  'channel',
  'msgSerial',
  'messages',
  'presence',
  'annotations',
  'flags',
  'params',
  'channelSerial',
  'id',
  'auth',
  'data',
  'encoding',
  'extras',
  'name',
  'clientId',
  'serial',
  'version',
  'constructor',
  '__proto__',
] as const

const pick = <T>(random: Random, items: readonly T[]): T => items[random.int(items.length)] as T

/** Any plain value, nested at most so deep. */
export function nonsense(random: Random, depth = 4): unknown {
  const kind = random.int(depth > 0 ? 8 : 6)
  if (kind === 0) return null
  if (kind === 1) return random.int(2) === 0
  if (kind === 2) return pick(random, NUMBERS)
  if (kind === 3) return random.int(40)
  if (kind < 6) return pick(random, STRINGS)
  if (kind === 6) return Array.from({ length: random.int(4) }, () => nonsense(random, depth - 1))
  return members(random, depth - 1, random.int(5))
}

/** Something that begins like a frame and has one or more members that cannot be. */
export function nonsenseFrame(random: Random, msgSerial: number): Record<string, unknown> {
  const frame: Record<string, unknown> = {
    action: random.int(23),
    channel: 'fuzz:1',
    msgSerial,
    messages: [{ data: 'x' }],
    presence: [{ action: 2, clientId: 'x' }],
  }
  return Object.assign(frame, members(random, 3, 1 + random.int(3)))
}

function members(random: Random, depth: number, count: number): Record<string, unknown> {
  const entries = Array.from(
    { length: count },
    () => [pick(random, MEMBERS), nonsense(random, depth)] as const,
  )
  return Object.fromEntries(entries)
}

/** Flips, cuts or repeats some bytes. */
export function damaged(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const kind = random.int(3)
  if (kind === 0) return copy.subarray(0, random.int(copy.length))
  if (kind === 1) return Buffer.concat([copy, copy.subarray(random.int(copy.length))])
  for (let flips = 1 + random.int(4); flips > 0; flips -= 1)
    copy[random.int(copy.length)] = random.int(256)
  return copy
}
