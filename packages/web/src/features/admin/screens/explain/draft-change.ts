// The change of the policy that would turn an answer, as the draft is asked to make it. Pure.

import { typeOf } from '../../model/names.ts'
import type { Added } from '../policy/model/added.ts'

type Step = {
  readonly kind: string
  readonly role?: string
  readonly on?: string
  readonly statement?: string
}
type Held = { readonly role: string; readonly on: string }

/**
 * @param held roles of the person on the resource and on the tenant, by name
 * @returns undefined: there is none of one place; who has no role is given one
 */
export function draftChange(
  told: {
    readonly allowed: boolean
    readonly verdict?: string | undefined
    readonly path?: readonly unknown[] | undefined
  },
  question: { readonly action: string; readonly on: string },
  held: readonly Held[],
): Added | undefined {
  const steps = (told.path ?? []) as readonly Step[]
  const { action, on } = question
  if (told.allowed) {
    const given = steps.find(({ kind }) => kind === 'allows')
    if (given?.role === undefined) return undefined
    return { kind: 'take', row: rowOf({ role: given.role, on: given.on ?? on }), action }
  }
  const own = held.find((each) => each.on === on) ?? held[0]
  if (own === undefined) return undefined
  if (told.verdict === 'never_granted') return { kind: 'allow', row: rowOf(own), action }
  const said = steps.find(({ kind }) => kind === 'rule')?.statement
  const [, id, index] = said?.match(/\.rules(?:\.(.+)|\[(\d+)\])$/) ?? []
  const rule = id ?? index
  return rule === undefined ? undefined : { kind: 'spare', row: rowOf(own), rule }
}

function rowOf({ role, on }: Held): string {
  return typeOf(on) === 'tenant' ? `tenant#${role}` : role
}
