// What can stand where the cursor is, by the schema of the document. Pure.

import type { PolicyDocument } from '@sayso/policy'
import type { Schema } from '@sayso/policy/editing'

export type Offer = {
  readonly label: string
  readonly kind: 'field' | 'value'
  readonly about?: string | undefined
}

/** Names from the top of the document to the place of a line, read by how far lines stand in. */
export function pathAt(text: string, line: number): { path: readonly string[]; inList: boolean } {
  const lines = text.split('\n')
  const here = lines[line] ?? ''
  let depth = depthOf(here)
  const inList = /^\s*-(\s|$)/.test(here)
  const path: string[] = []
  // A line under a dash belongs to what the dash belongs to.
  for (let at = line - 1; at >= 0 && depth > 0; at -= 1) {
    const one = lines[at] ?? ''
    if (one.trim() === '' || one.trim().startsWith('#')) continue
    const own = depthOf(one)
    if (own >= depth) continue
    const [, dash, name] = /^\s*(-\s+)?["']?([\w:.{}*-]+?)["']?\s*:/.exec(one) ?? []
    if (dash !== undefined) {
      depth = own
      path.unshift('[]')
      continue
    }
    if (name !== undefined) path.unshift(name)
    depth = own
  }
  return { path: inList ? [...path, '[]'] : path, inList }
}

function depthOf(line: string): number {
  return (/^\s*/.exec(line)?.[0] ?? '').length
}

/** The part of the schema that a path leads to. */
export function schemaAt(root: Schema, path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((here, step) => {
    const schema = resolved(root, here)
    if (schema === undefined) return undefined
    const choices = [schema, ...(schema.anyOf ?? []).map((one) => resolved(root, one))]
    for (const choice of choices) {
      const next = nextOf(choice, step)
      if (next !== undefined) return resolved(root, next)
    }
    return undefined
  }, root)
}

function nextOf(schema: Schema | undefined, step: string): Schema | undefined {
  if (step === '[]') return schema?.items
  const named = schema?.properties?.[step]
  if (named !== undefined) return named
  const more = schema?.additionalProperties
  return typeof more === 'object' ? more : undefined
}

function resolved(root: Schema, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.split('/').at(-1)
  return name === undefined ? schema : root.$defs?.[name]
}

/** Fields and values that fit on a line, up to the cursor. */
export function offersAt(
  root: Schema,
  document: PolicyDocument,
  text: string,
  at: { readonly line: number; readonly before: string },
): readonly Offer[] {
  const { path } = pathAt(text, at.line)
  const [, field] = /^\s*(?:-\s+)?["']?([\w-]+)["']?\s*:\s*[^:]*$/.exec(at.before) ?? []
  const here = field === undefined ? path : [...path, field]
  const schema = schemaAt(root, here)
  const values = [...valuesOf(root, schema), ...namesFor(document, here)]
  if (field !== undefined) return values
  return [...fieldsOf(root, schema), ...values]
}

function fieldsOf(root: Schema, schema: Schema | undefined): readonly Offer[] {
  const all = [schema, ...(schema?.anyOf ?? []).map((one) => resolved(root, one))]
  return all.flatMap((one) =>
    Object.entries(one?.properties ?? {}).map(([label, field]) => {
      const { title, description } = resolved(root, field) ?? {}
      return { label, kind: 'field' as const, about: description ?? title }
    }),
  )
}

function valuesOf(root: Schema, schema: Schema | undefined): readonly Offer[] {
  const all = [schema, ...(schema?.anyOf ?? []).map((one) => resolved(root, one))]
  return all.flatMap((one) => {
    const said = [...(one?.enum ?? []), ...(one?.const === undefined ? [] : [String(one.const)])]
    const flags = one?.type === 'boolean' ? ['true', 'false'] : []
    return [...said, ...flags].map((label) => ({ label, kind: 'value' as const }))
  })
}

const ACTION_FIELDS = new Set(['can', 'forbid', 'require', 'allow'])
const ROLE_FIELDS = new Set(['extends', 'to', 'unless'])

/** Names that the document itself declares: actions and roles of the type one is in, types. */
function namesFor(document: PolicyDocument, path: readonly string[]): readonly Offer[] {
  const steps = path.filter((step) => step !== '[]')
  const [top, type = ''] = steps
  const offer = (label: string): Offer => ({ label, kind: 'value' })
  const onType = top === 'types' ? document.types[type] : undefined
  if (steps.some((step) => ACTION_FIELDS.has(step))) {
    const inTenant = top === 'tenant' ? document.types[steps.at(-1) ?? ''] : undefined
    return ['*', ...((onType ?? inTenant)?.actions ?? [])].map(offer)
  }
  if (ROLE_FIELDS.has(steps.at(-1) ?? '')) {
    const own = Object.keys(onType?.roles ?? document.tenant.roles)
    const onTenant = Object.keys(document.tenant.roles).map((role) => `tenant#${role}`)
    return [...own, ...(steps.at(-1) === 'extends' ? [] : onTenant)].map(offer)
  }
  if (steps.at(-1) === 'type' || steps.at(-2) === 'relations')
    return Object.keys(document.types).map(offer)
  return []
}
