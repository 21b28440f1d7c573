// Trying changes out beside the running server: in small slices, so that nobody waits for it.

import {
  allowedActions,
  baseOf,
  channelOf,
  foldRights,
  type Impact,
  type RightsChange,
  roomOf,
  type Simulation,
  type SubjectId,
  simulate,
  subjectOf,
  visibleResources,
  type World,
} from '@sayso/policy'
import type { Context } from './context.ts'
import type { Hub } from './hub.ts'
import type { LiveConnection } from './live-connection.ts'
import { idOf } from './people/roles.ts'

/** Pieces of work between two turns of the event loop; some hundred microseconds to a few milliseconds. */
const SLICE = 200
/** Live connections looked at between two turns. */
const CONNECTION_SLICE = 100
const SAMPLES = 20
/** People who are named of those who are connected. */
const NAMED = 20

export type LiveImpact = {
  readonly connections: number
  /** Different people behind them; visitors without an identity count as one. */
  readonly people: number
  /** Of those, who is writing now. */
  readonly typing: number
  /** Some of them, who is writing first. */
  readonly named: readonly NamedLive[]
}

type NamedLive = {
  readonly subject: SubjectId
  readonly name?: string
  /** Where they are now. */
  readonly channels: readonly string[]
  readonly isTyping?: true
}

export type Trial = { readonly simulation: Simulation; readonly live: LiveImpact }

export function impactOf(trial: Trial): Impact & { readonly live: LiveImpact } {
  return { ...trial.simulation.impact, live: trial.live }
}

/** Works out what changes would do to everybody, and to how many who are connected now. */
export async function tryOut(
  { hub, context: { typing } }: { readonly hub: Hub; readonly context: Pick<Context, 'typing'> },
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
  const isTyping = (who: string) => typing.has(who)
  const writing = [...people].filter(isTyping)
  const isWriter = ({ asker: { clientId } }: LiveConnection) =>
    clientId !== undefined && isTyping(clientId)
  // Who is writing would notice first.
  const sorted = touched.toSorted((a, b) => Number(isWriter(b)) - Number(isWriter(a)))
  const named = namedOf(world, sorted, isTyping)
  const live = { connections: touched.length, people: people.size, typing: writing.length, named }
  return { simulation, live }
}

/** The first of the people behind connections, each once. */
function namedOf(
  world: World,
  touched: readonly LiveConnection[],
  isTyping: (who: string) => boolean,
): readonly NamedLive[] {
  const channels = new Map<SubjectId, Set<string>>()
  for (const { asker, channels: places } of touched) {
    const subject = subjectOf(asker.credential)
    if (subject === undefined || (!channels.has(subject) && channels.size === NAMED)) continue
    const known = channels.get(subject) ?? new Set()
    for (const place of places) known.add(roomOf(baseOf(place)) ?? place)
    channels.set(subject, known)
  }
  return [...channels].map(([subject, places]) => {
    const name = world.facts.person(subject)?.name
    return {
      subject,
      ...(typeof name === 'string' ? { name } : {}),
      ...(isTyping(idOf(subject)) ? { isTyping: true as const } : {}),
      channels: [...places].filter((place) => !place.startsWith('[')),
    }
  })
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
