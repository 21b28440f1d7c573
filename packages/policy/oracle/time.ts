// What time alone does, told without a single change: the same facts as they would be read by a clock.

import type { RightsChange } from '../src/change.ts'
import { type Grant, type State, stateOf } from './state.ts'

/**
 * The facts as a clock at `nowMs` reads them: grants that have begun and not ended count, others do not.
 *
 * A grant without a start counts until its end; one that waits for its start and has ended in the meantime is gone.
 */
export function stateAt(changes: readonly RightsChange[], nowMs: number): State {
  const state = stateOf(changes)
  return {
    ...state,
    grants: state.grants.filter((grant) => !isOver(grant, nowMs)).map((one) => begun(one, nowMs)),
    timeMs: Math.max(state.timeMs, nowMs),
  }
}

const isOver = ({ expiresAtMs }: Grant, nowMs: number) =>
  expiresAtMs !== undefined && expiresAtMs <= nowMs

const begun = (grant: Grant, nowMs: number): Grant =>
  grant.notBeforeMs !== undefined && grant.notBeforeMs <= nowMs
    ? { ...grant, notBeforeMs: undefined }
    : grant

/** The instants at which something ends, starts or switches: the past ones of grants included, those of rules not. */
export function instants(state: State): readonly number[] {
  const grants = state.grants.flatMap(({ notBeforeMs, expiresAtMs }) => [notBeforeMs, expiresAtMs])
  const rules = Object.values(state.document.types).flatMap((type) => type.rules ?? [])
  const switches = rules
    .flatMap(({ from, until }) => [from, until])
    .map((at) => (at === undefined ? undefined : Date.parse(at)))
    .filter((at) => at !== undefined && at > state.timeMs)
  return [...grants, ...switches].filter((at) => at !== undefined).sort((a, b) => a - b)
}
