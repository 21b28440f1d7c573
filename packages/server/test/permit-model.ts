// What Permit's schema and facts mean, in the plainest words: the model that random edits are held against.

export type Rule = { readonly role: string; readonly on: string; readonly via: string }
export type ModelType = {
  readonly actions: Set<string>
  readonly roles: Map<string, Set<string>>
  readonly relations: Map<string, string>
  readonly from: Map<string, Rule[]>
}

export class Model {
  readonly types = new Map<string, ModelType>()
  readonly tenantRoles = new Map<string, Set<string>>()
  readonly users = new Set<string>()
  readonly tenants = new Set(['default'])
  /** Instance to tenant. */
  readonly instances = new Map<string, string>()
  /** `user role place`; a tenant's place is `__tenant:key`. */
  readonly assignments = new Set<string>()
  /** `subject relation object` */
  readonly tuples = new Set<string>()

  holds(user: string, role: string, on: string, seen = new Set<string>()): boolean {
    const name = `${role} ${on}`
    if (seen.has(name)) return false
    seen.add(name)
    if (this.assignments.has(`${user} ${role} ${on}`)) return true
    const rules = this.types.get(typeIn(on))?.from.get(role) ?? []
    return rules.some((rule) =>
      [...this.tuples].some((tuple) => {
        const [subject = '', relation, object] = tuple.split(' ')
        const isStep = relation === rule.via && object === on && typeIn(subject) === rule.on
        return isStep && this.holds(user, rule.role, subject, seen)
      }),
    )
  }

  may(
    user: string,
    action: string,
    type: string,
    key: string | undefined,
    tenant: string,
  ): boolean {
    const own = this.types.get(type)
    if (!own?.actions.has(action) || !this.users.has(user)) return false
    const instance = key === undefined ? undefined : `${type}:${key}`
    const home = instance === undefined ? undefined : this.instances.get(instance)
    const where = home !== undefined && tenant === 'default' ? home : tenant
    if (!this.tenants.has(where) || (home !== undefined && home !== where)) return false
    const isByTenant = [...this.tenantRoles].some(
      ([role, permissions]) =>
        permissions.has(`${type}:${action}`) &&
        this.assignments.has(`${user} ${role} __tenant:${where}`),
    )
    if (isByTenant || instance === undefined || home === undefined) return isByTenant
    return [...own.roles].some(
      ([role, actions]) => actions.has(action) && this.holds(user, role, instance),
    )
  }

  removeInstance(instance: string): void {
    this.instances.delete(instance)
    for (const each of this.assignments)
      if (each.endsWith(` ${instance}`)) this.assignments.delete(each)
    for (const each of this.tuples) {
      const [subject, , object] = each.split(' ')
      if (subject === instance || object === instance) this.tuples.delete(each)
    }
  }

  removeType(type: string): void {
    this.types.delete(type)
    for (const permissions of this.tenantRoles.values()) {
      for (const each of permissions) if (typeIn(each) === type) permissions.delete(each)
    }
    for (const [name, other] of this.types) {
      for (const [relation, subject] of other.relations) {
        if (subject === type) this.removeRelation(name, relation)
      }
    }
    for (const instance of [...this.instances.keys()]) {
      if (typeIn(instance) === type) this.removeInstance(instance)
    }
  }

  removeRelation(type: string, relation: string): void {
    const own = this.types.get(type)
    own?.relations.delete(relation)
    for (const [role, rules] of own?.from ?? []) {
      own?.from.set(
        role,
        rules.filter(({ via }) => via !== relation),
      )
    }
    for (const each of this.tuples) {
      const [, via, object = ''] = each.split(' ')
      if (via === relation && typeIn(object) === type) this.tuples.delete(each)
    }
  }

  removeRole(type: string, role: string): void {
    this.types.get(type)?.roles.delete(role)
    for (const other of this.types.values()) {
      for (const [name, rules] of other.from) {
        other.from.set(
          name,
          rules.filter((rule) => rule.role !== role || rule.on !== type),
        )
      }
    }
    this.types.get(type)?.from.delete(role)
    for (const each of this.assignments) {
      const [, held, on = ''] = each.split(' ')
      if (held === role && typeIn(on) === type) this.assignments.delete(each)
    }
  }
}

export function typeIn(name: string): string {
  return name.slice(0, name.indexOf(':'))
}
