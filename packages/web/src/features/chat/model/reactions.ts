// Reactions to a message, read from what its annotations add up to, with what one has just pressed laid over. Pure.

import { type Fields, isFields } from './timeline.ts'

/** As the chat SDK reacts by default, so that both see each other's. */
export const REACTION = 'reaction:distinct.v1'

/** What is at hand in the tools and at the head of the menu. */
export const QUICK_REACTIONS = ['👍', '❤️', '😂', '🎉', '👀', '✅'] as const

export type Reaction = {
  readonly name: string
  readonly count: number
  /** Ids, in the order of reacting; fewer than `count` where the server has cut the list. */
  readonly people: readonly string[]
  readonly isOwn: boolean
}

/** What one wants: `name` on or off. */
export type Wishes = ReadonlyMap<string, boolean>

export const NO_WISHES: Wishes = new Map()

/** Longer names are nothing one could have picked. */
const LONGEST_NAME = 64

/** Whether anything at all was added to a message: of most, history says that nothing was. */
export function hasSums(summary: Fields | undefined): boolean {
  for (const _type in summary) return true
  return false
}

/** The reactions of a message in the order in which they came; one that is only wished for comes last. */
export function reactionsOf(
  summary: Fields | undefined,
  me: string,
  wishes: Wishes = NO_WISHES,
): readonly Reaction[] {
  const told = toldOf(summary, me)
  const known = new Set(told.map(({ name }) => name))
  const added = [...wishes]
    .filter(([name, isOn]) => isOn && !known.has(name))
    .map(([name]) => ({ name, count: 1, people: [me], isOwn: true }))
  return [...told.map((one) => wished(one, wishes.get(one.name), me)), ...added].filter(
    ({ count }) => count > 0,
  )
}

/** True if the sums say what was wished for. */
export function isGranted(summary: Fields, me: string, name: string, isOn: boolean): boolean {
  return toldOf(summary, me).some((one) => one.name === name && one.isOwn) === isOn
}

function toldOf(summary: Fields | undefined, me: string): readonly Reaction[] {
  const sums = summary?.[REACTION]
  if (!isFields(sums)) return []
  return Object.entries(sums).flatMap(([name, sum]) => {
    if (!isFields(sum) || typeof sum.total !== 'number' || name.length > LONGEST_NAME) return []
    const ids: readonly unknown[] = Array.isArray(sum.clientIds) ? sum.clientIds : []
    const people = ids.filter((id): id is string => typeof id === 'string')
    return { name, count: sum.total, people, isOwn: people.includes(me) }
  })
}

function wished(one: Reaction, isOn: boolean | undefined, me: string): Reaction {
  if (isOn === undefined || isOn === one.isOwn) return one
  const others = one.people.filter((id) => id !== me)
  return isOn
    ? { ...one, count: one.count + 1, people: [...others, me], isOwn: true }
    : { ...one, count: one.count - 1, people: others, isOwn: false }
}
