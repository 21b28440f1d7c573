// Frames as clients send them, then bent: a member changed, left out, doubled or made of something else, or the bytes
// damaged. The same seed gives the same frames.

import { encodeBody, type Format } from '@sayso/protocol'

export type Chance = {
  below(limit: number): number
  pick<T>(items: readonly T[]): T
}

/** mulberry32 */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }
  return {
    below,
    pick<T>(items: readonly T[]) {
      return items[below(items.length)] as T
    },
  }
}

const filter = (expression: string) => `[filter=${Buffer.from(expression).toString('base64')}]`

const CHANNELS = [
  'dock:north',
  'dock:notices',
  'dock:nowhere',
  'open:1',
  'open:2',
  '[?rewind=3]open:1',
  '[?rewind=1m&rewindLimit=2]open:2',
  `${filter('name == `"a"`')}open:1`,
  `${filter('[]')}open:1`,
  `${filter('][')}open:1`,
  '[meta]log',
  '[permissions]*',
  '[permissions]dock:north',
  '[broken',
  '',
  ':',
  'x'.repeat(2_049),
  '__proto__',
  'a|b',
  'ü💥\u2028',
  'nul\u0000',
]
const WORDS = ['', 'a', 'b', '*', 'ann', '0', '-1', '\ud800', '__proto__', 'json', 'utf-8/base64']
const NUMBERS = [0, 1, 2, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Number.POSITIVE_INFINITY]

/** Any plain value, nested at most so deep. */
function nonsense(random: Chance, depth: number): unknown {
  const kind = random.below(depth > 0 ? 9 : 7)
  if (kind === 0) return null
  if (kind === 1) return random.below(2) === 0
  if (kind === 2) return random.pick(NUMBERS)
  if (kind === 3) return random.pick(WORDS)
  if (kind === 4) return random.pick(CHANNELS)
  if (kind === 5) return 'x'.repeat(random.below(40) === 0 ? 70_000 : random.below(40))
  if (kind === 6) return undefined
  if (kind === 7) return Array.from({ length: random.below(4) }, () => nonsense(random, depth - 1))
  const members = Array.from(
    { length: random.below(4) },
    () => [random.pick([...WORDS, 'action', 'data']), nonsense(random, depth - 1)] as const,
  )
  return Object.fromEntries(members)
}

type Fields = Record<string, unknown>

function message(random: Chance, serials: readonly string[]): Fields {
  const kind = random.below(10)
  const serial = serials.length === 0 ? 'none' : random.pick(serials)
  if (kind < 2) return { serial, action: random.pick([1, 2, 5]), data: 'z', version: {} }
  if (kind === 2) return { id: `${random.pick(WORDS)}:0`, data: 'x' }
  if (kind === 3) return { data: 'AAEC', encoding: 'base64', extras: { headers: { level: 'a' } } }
  if (kind === 4) return { name: 'a', data: 'x', extras: { ephemeral: true, userClaim: 'king' } }
  if (kind === 5)
    return { name: 'a', clientId: random.pick(WORDS), data: { deep: [1, { a: null }] } }
  return { name: random.pick(WORDS), data: random.pick(WORDS) }
}

/** What a client might send next. */
function sensible(random: Chance, msgSerial: number, serials: readonly string[]): Fields {
  const channel = random.pick(CHANNELS)
  const many = <T>(make: () => T) => Array.from({ length: 1 + random.below(3) }, make)
  const kind = random.below(16)
  if (kind < 3)
    return {
      action: 10,
      channel,
      flags: random.pick([0, 1 << 18, 0xff0000, 32, 983_040]),
      params: random.pick([{}, { rewind: '2' }, { modes: 'subscribe' }, { echo: 'false' }]),
      ...(random.below(3) === 0 && serials.length > 0
        ? { channelSerial: random.pick(serials).slice(0, -4) }
        : {}),
    }
  if (kind === 3) return { action: 12, channel }
  if (kind < 9)
    return { action: 15, channel, msgSerial, messages: many(() => message(random, serials)) }
  if (kind < 12) {
    const presence = many(() => ({
      action: random.pick([2, 3, 4]),
      clientId: random.pick(WORDS),
      data: random.pick(WORDS),
    }))
    return { action: 14, channel, msgSerial, presence }
  }
  if (kind === 12) return { action: 16, channel }
  if (kind === 13) return { action: 0, id: random.pick(WORDS) }
  if (kind === 14) return { action: 17, auth: { accessToken: random.pick(WORDS) } }
  return { action: random.below(24), channel, msgSerial, annotations: [{ type: 'a:flag.v1' }] }
}

/** Bends a value somewhere inside, or leaves it. */
function bent(random: Chance, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.below(4) === 0)
    return nonsense(random, 3)
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(4) === 0)
      return [...value, ...value, nonsense(random, 2)]
    const at = random.below(value.length)
    return value.map((item, index) => (index === at ? bent(random, item) : item))
  }
  const members = Object.entries(value)
  const kind = random.below(5)
  if (kind === 0) return Object.fromEntries([...members, [random.pick(WORDS), nonsense(random, 3)]])
  const at = random.below(members.length)
  if (kind === 1) return Object.fromEntries(members.filter((_, index) => index !== at))
  return Object.fromEntries(
    members.map(([name, member], index) => [name, index === at ? bent(random, member) : member]),
  )
}

function damaged(random: Chance, bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  const kind = random.below(3)
  if (copy.length === 0) return copy
  if (kind === 0) return copy.subarray(0, random.below(copy.length))
  if (kind === 1) return Buffer.concat([copy, copy.subarray(random.below(copy.length))])
  for (let flips = 1 + random.below(4); flips > 0; flips -= 1)
    copy[random.below(copy.length)] = random.below(256)
  return copy
}

/** One frame in bytes. Two of five are as they should be, most others are wrong in one place, some in their bytes. */
export function frameBytes(
  random: Chance,
  format: Format,
  msgSerial: number,
  serials: readonly string[],
): Uint8Array {
  const kind = random.below(20)
  const frame = sensible(random, msgSerial, serials)
  const value = kind < 8 ? frame : kind === 19 ? nonsense(random, 5) : bent(random, frame)
  const { bytes } = encodeBody(format, value ?? null)
  return kind >= 17 ? damaged(random, bytes) : bytes
}
