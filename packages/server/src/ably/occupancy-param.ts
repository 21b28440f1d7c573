// The channel parameter that asks for numbers: all of them (`metrics`), or one (`metrics.publishers`).

import { type Metrics, type Modes, NO_MODES, OCCUPANCY } from '@sayso/channel'
import { WireInvalid } from '@sayso/protocol'

/** The numbers as the wire names them. Objects are not served, so nobody publishes or reads any. */
type WireMetrics = Metrics & {
  readonly objectPublishers: number
  readonly objectSubscribers: number
}

const NAMES: Readonly<Record<keyof WireMetrics, true>> = {
  connections: true,
  presenceConnections: true,
  presenceMembers: true,
  presenceSubscribers: true,
  publishers: true,
  subscribers: true,
  objectPublishers: true,
  objectSubscribers: true,
}

/** @throws {WireInvalid} `bad_parameter` for numbers nobody knows */
export function occupancyModes(param: string | undefined): Modes {
  if (param === undefined) return NO_MODES
  const [word, name, ...more] = param.split('.')
  const isKnown = name === undefined || Object.hasOwn(NAMES, name)
  if (word !== 'metrics' || !isKnown || more.length > 0)
    throw new WireInvalid('bad_parameter', `\`occupancy\` must be \`metrics\`, not \`${param}\``)
  return OCCUPANCY
}

/** The numbers that were asked for. */
export function wireMetrics(
  metrics: Metrics,
  param: string | undefined,
): Readonly<Record<string, number>> {
  const all: WireMetrics = { ...metrics, objectPublishers: 0, objectSubscribers: 0 }
  const [, name] = param?.split('.') ?? []
  if (name === undefined || !Object.hasOwn(all, name)) return all
  return { [name]: all[name as keyof WireMetrics] }
}
