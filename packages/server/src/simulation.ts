// Trying changes out beside the running server: in small slices, so that nobody waits for it.

import {
  allowedActions,
  channelOf,
  foldRights,
  type Impact,
  type RightsChange,
  type Simulation,
  simulate,
  visibleResources,
  type World,
} from '@sayso/policy'
import type { Hub } from './hub.ts'
import type { LiveConnection } from './live-connection.ts'

/** Pieces of work between two turns of the event loop; some hundred microseconds to a few milliseconds. */
const SLICE = 200
/** Live connections looked at between two turns. */
const CONNECTION_SLICE = 100
const SAMPLES = 20

export type LiveImpact = {
  readonly connections: number
  /** Different people behind them; visitors without an identity count as one. */
  readonly people: number
}

export type Trial = { readonly simulation: Simulation; readonly live: LiveImpact }

export function impactOf(trial: Trial): Impact & { readonly live: LiveImpact } {
  return { ...trial.simulation.impact, live: trial.live }
}

/** Works out what changes would do to everybody, and to how many who are connected now. */
export async function tryOut(
  hub: Hub,
  world: World,
  changes: readonly RightsChange[],
  pause: () => Promise<void>,
): Promise<Trial> {
  const simulation = simulate(world, changes, { samples: SAMPLES })
  while (!simulation.step(SLICE)) await pause()
  const after = foldRights(world, changes, world.revision)
  const touched: LiveConnection[] = []
  let looked = 0
  for (const connection of hub.connections()) {
    if (isTouched(world, after, connection)) touched.push(connection)
    looked += 1
    if (looked % CONNECTION_SLICE === 0) await pause()
  }
  const people = new Set(touched.map(({ asker }) => asker.clientId ?? ''))
  return { simulation, live: { connections: touched.length, people: people.size } }
}

/** True if what the connection sees or may do where it is would be different. */
function isTouched(before: World, after: World, connection: LiveConnection): boolean {
  const { credential } = connection.asker
  if (credential.kind === 'key') return false
  const may = (world: World, channel: string) =>
    allowedActions(world, credential, channel).join(' ')
  for (const channel of connection.channels) {
    if (may(before, channel) !== may(after, channel)) return true
  }
  if (!connection.views.has('[permissions]*')) return false
  const seen = (world: World) =>
    visibleResources(world, credential)
      .map((resource) => `${resource} ${may(world, channelOf(world.policy, resource) ?? '')}`)
      .join('\n')
  return seen(before) !== seen(after)
}
