// Roles closed over `extends`: the one place where roles come to their actions.

import type { RoleActions } from './compiled.ts'
import type { Action, RoleName } from './names.ts'

type Extending = { readonly extends?: readonly RoleName[] }
type Roles<R extends Extending> = Readonly<Record<RoleName, R>>

/** Own properties only: a document must not reach `constructor` and the like. */
export function ownOr<V>(
  record: Readonly<Record<string, V>> | undefined,
  key: string,
): V | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

/** What each role allows, by itself and through all it extends. */
export function closeRoles<R extends Extending>(
  roles: Roles<R>,
  can: (role: R) => readonly Action[] | undefined,
  actions: ReadonlySet<Action>,
): ReadonlyMap<RoleName, RoleActions> {
  const stated = new Map<RoleName, readonly Action[]>()
  for (const [name, role] of Object.entries(roles)) {
    const words = can(role) ?? []
    stated.set(name, words.includes('*') ? [...actions] : words.filter((word) => actions.has(word)))
  }
  const close = (name: RoleName): RoleActions => {
    const allowed = new Map<Action, readonly RoleName[]>()
    for (const path of inheritance(roles, name)) {
      for (const action of stated.get(path.at(-1) ?? name) ?? []) {
        if (!allowed.has(action)) allowed.set(action, path)
      }
    }
    return allowed
  }
  return new Map(Object.keys(roles).map((name) => [name, close(name)]))
}

/** The named roles that the document knows, and all that extend one of them, directly or not. */
export function closedOver(
  roles: Roles<Extending>,
  named: readonly RoleName[],
): ReadonlySet<RoleName> {
  const isMeant = (name: RoleName) =>
    inheritance(roles, name).some((path) => named.includes(path.at(-1) ?? name))
  return new Set(Object.keys(roles).filter(isMeant))
}

/** The ways from a role to all it inherits from, shortest first; a cycle ends where it began. */
function inheritance(roles: Roles<Extending>, start: RoleName): readonly (readonly RoleName[])[] {
  const seen = new Set([start])
  const paths: (readonly RoleName[])[] = [[]]
  // Grows while it is walked: breadth first.
  for (const path of paths) {
    for (const next of ownOr(roles, path.at(-1) ?? start)?.extends ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return paths
}
