// The role somebody is shown with.

import type { RoleView } from '@sayso/client'

/** The role shown beside a name. */
export function roleOf(
  people: readonly { readonly id: string; readonly roles: readonly RoleView[] }[],
  id: string,
): RoleView | undefined {
  return people.find((person) => person.id === id)?.roles[0]
}
