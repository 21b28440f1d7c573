// What the params of an attach ask for, and which of them are confirmed.

import { DEFAULT_MODES, type Modes, type Rewind } from '@sayso/channel'
import { modesFromParam, modesToFlags, WireInvalid } from '@sayso/protocol'

export type Params = Readonly<Record<string, string>>

/** Channel params this server honours, and so echoes. */
const ECHOED_PARAMS = [
  'modes',
  'delta',
  'echo',
  'rewind',
  'rewindLimit',
  'appendMode',
  'occupancy',
] as const

const MAX_REWIND = 100
const UNITS = { s: 1_000, m: 60_000 } as const

/** The known ones as they were asked for; `agent` and inventions are left out. */
export function echoed(params: Params): Params {
  const kept = ECHOED_PARAMS.flatMap((name) => {
    const value = params[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(kept)
}

/**
 * The modes an attach asks for: by its flags, else by name, else the usual ones.
 *
 * @param bits the modes of the frame's flags
 * @throws {WireInvalid} `bad_parameter`
 */
export function requestedModes(bits: Modes, params: Params): Modes {
  if (bits !== 0) return bits
  const named = params.modes
  if (named === undefined) return DEFAULT_MODES
  const modes = modesFromParam(named)
  if (modes === undefined)
    throw new WireInvalid('bad_parameter', `the modes \`${named}\` are not known`)
  return (modesToFlags(modes) >> 16) & 0x3ff
}

/**
 * How far back an attach begins: `5` messages, or those of the last `30s` or `2m`.
 *
 * @throws {WireInvalid} `bad_parameter` for anything else
 */
export function rewindOf(params: Params, nowMs: number): Rewind | undefined {
  const { rewind } = params
  if (rewind === undefined) return undefined
  const [, digits = '', unit] = /^(\d{1,9})([sm])?$/.exec(rewind) ?? []
  if (digits === '')
    throw new WireInvalid(
      'bad_parameter',
      `\`rewind\` must be a number of messages, or a time such as \`30s\` or \`2m\`, not \`${rewind}\``,
    )
  const most = limitOf(params.rewindLimit)
  if (unit === undefined) {
    const limit = Math.min(Number(digits), most)
    return limit === 0 ? undefined : { limit }
  }
  return { limit: most, sinceMs: nowMs - Number(digits) * UNITS[unit as 's' | 'm'] }
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return MAX_REWIND
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit < 1)
    throw new WireInvalid('bad_parameter', '`rewindLimit` must be a whole number from 1')
  return Math.min(limit, MAX_REWIND)
}
