// One environment's schema over another's: types, roles on tenants, declared attributes, condition sets. No facts.

import type { PolicyDocument, World } from '@sayso/policy'
import { editPolicy, parsePolicy } from '@sayso/policy/document'
import type { Amendment } from '../../commands/amend-place.ts'
import type { Context } from '../../context.ts'
import { editsBetween, readNotes, SCHEMA_NOTES } from './schema/draft.ts'
import { duplicate } from './trouble.ts'

/** `replace`: nothing of what was there stays; `overwrite`: what is not in the source stays; `fail`: nothing may be in both. */
export type CopyMode = 'replace' | 'overwrite' | 'fail'

/** @throws {PermitTrouble} `DUPLICATE_ENTITY` when something is in both and `fail` was asked for */
export async function copySchema(
  from: Context,
  to: Context,
  mode: CopyMode,
): Promise<(world: World) => Amendment> {
  const [notes, before] = [await readNotes(from.store), await readNotes(to.store)]
  const source = from.standing.world.policy.document
  const collection = SCHEMA_NOTES
  const kept = [...notes].map(([key, { value }]) => ({ collection, key, value }))
  const gone = mode === 'replace' ? [...before.keys()].filter((key) => !notes.has(key)) : []
  const records = [...kept, ...gone.map((key) => ({ collection, key, value: undefined }))]
  return (world) => {
    const { document } = world.policy
    const next = copied(source, document, mode)
    const edits = editsBetween(document, next)
    if (edits.length === 0) return { changes: [], records }
    const text = editPolicy(world.policyText, edits)
    return { policy: { text, document: parsePolicy(text) }, changes: [], records }
  }
}

function copied(source: PolicyDocument, target: PolicyDocument, mode: CopyMode): PolicyDocument {
  if (mode === 'replace') {
    const { tenant, ...rest } = source
    return { ...rest, tenant: { ...tenant, key: target.tenant.key } }
  }
  if (mode === 'fail') {
    requireApart('resource', source.types, target.types)
    requireApart('role', source.tenant.roles, target.tenant.roles)
  }
  const people = { ...target.people?.attributes, ...source.people?.attributes }
  const fields = { ...target.people?.fields, ...source.people?.fields }
  const attributes = { ...target.tenant.attributes, ...source.tenant.attributes }
  return {
    ...target,
    types: { ...target.types, ...source.types },
    tenant: {
      ...target.tenant,
      roles: { ...target.tenant.roles, ...source.tenant.roles },
      ...(Object.keys(attributes).length > 0 && { attributes }),
    },
    ...(Object.keys(people).length > 0 && {
      people: { attributes: people, ...(Object.keys(fields).length > 0 && { fields }) },
    }),
  }
}

function requireApart(what: string, source: object, target: object): void {
  const both = Object.keys(source).find((key) => Object.hasOwn(target, key))
  if (both !== undefined) throw duplicate(what, both)
}
