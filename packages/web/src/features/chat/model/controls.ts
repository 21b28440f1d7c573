// Which controls stand on screen during one visit of a channel. One that is lost stays, off and with its reason, until
// the next visit: nothing may vanish under the pointer. Pure.

export type Control =
  | { readonly kind: 'on' }
  | { readonly kind: 'off'; readonly reason: string; readonly cause: string }
  | { readonly kind: 'absent' }

/** Why an action is gone: the whole sentence, and only the part that says who or what did it. */
export type Reason = { readonly reason: string; readonly cause: string }

/** Actions lost since the visit began, with the reason in words. */
export type Lost = ReadonlyMap<string, Reason>

export const NONE_LOST: Lost = new Map()

/** After a change: what is lost is remembered, what came back is forgotten. */
export function afterChange(
  lost: Lost,
  change: { readonly gained: readonly string[]; readonly lost: readonly string[] },
  reasonOf: (action: string) => Reason,
): Lost {
  if (change.gained.length + change.lost.length === 0) return lost
  const next = new Map(lost)
  for (const action of change.gained) next.delete(action)
  for (const action of change.lost) next.set(action, reasonOf(action))
  return next
}

/** How the control of an action stands: the present rights decide, the memory only explains. */
export function controlOf(actions: readonly string[], lost: Lost, action: string): Control {
  if (actions.includes(action)) return { kind: 'on' }
  const reason = lost.get(action)
  return reason === undefined ? { kind: 'absent' } : { kind: 'off', ...reason }
}
