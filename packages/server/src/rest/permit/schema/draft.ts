// The policy document and what Permit says beyond it, as a draft that one request changes: the document as edits of its
// text, facts that go with it as rights changes, the rest as records. All of it is one write.

import type { PolicyDocument, RightsChange, World } from '@sayso/policy'
import { editPolicy, type PolicyEdit, parsePolicy } from '@sayso/policy/document'
import type { JsonObject, NewRecord, Store, StoredRecord } from '@sayso/store'

/** A value with all of it open to change. */
export type Draft<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? Draft<Item>[]
    : { -readonly [K in keyof T]: Draft<T[K]> }

/** What is said of a thing besides what the document holds; times are ISO 8601. */
export type Note = {
  created: string
  updated: string
  name?: string
  description?: string | null
  /** The caller's own, kept and shown; they decide nothing. */
  attributes?: JsonObject | null
}

export type TypeNote = Note & {
  urn?: string | null
  actions?: Record<string, Note>
  attributes?: Record<string, Note & { type?: string }>
  roles?: Record<string, Note>
  relations?: Record<string, Note>
  groups?: Record<string, Note & { actions: string[] }>
}

export type SetNote = Note & {
  type: 'userset' | 'resourceset'
  resource?: string
  conditions: unknown
  parent?: string
}

export type SetRuleNote = {
  created: string
  user_set: string
  permission: string
  resource_set: string
}

/** The keys of notes begin with what they are about. */
export type Notes = {
  readonly [K in `type/${string}`]: TypeNote
} & { readonly [K in `role/${string}`]: Note } & {
  readonly [K in `people/${string}` | `tenant/${string}`]: Note & { type?: string }
} & { readonly [K in `set/${string}`]: SetNote } & {
  readonly [K in `rule/${string}`]: SetRuleNote
}

export const SCHEMA_NOTES = 'permit-schema'

/** What is kept of the notes, as read. */
export type KeptNotes = ReadonlyMap<string, StoredRecord>

export async function readNotes(store: Pick<Store, 'records'>): Promise<KeptNotes> {
  const kept = new Map<string, StoredRecord>()
  const limit = 1_000
  for (let afterKey: string | undefined; ; ) {
    const page = await store.records({
      collection: SCHEMA_NOTES,
      limit,
      ...(afterKey !== undefined && { afterKey }),
    })
    for (const record of page) kept.set(record.key, record)
    afterKey = page.at(-1)?.key
    if (page.length < limit) return kept
  }
}

/** The parts of a schema that views read. */
export type Schema = {
  readonly world: World
  readonly document: PolicyDocument
  note<K extends keyof Notes>(key: K): Readonly<Notes[K]> | undefined
  /** The names after a prefix such as `set/`. */
  names(prefix: string): readonly string[]
}

export class SchemaDraft implements Schema {
  readonly world: World
  readonly document: Draft<PolicyDocument>
  /** Facts that go along. */
  readonly changes: RightsChange[] = []
  readonly now: string
  readonly #kept: KeptNotes
  readonly #notes: Map<string, JsonObject>

  constructor(world: World, kept: KeptNotes, nowMs: number) {
    this.world = world
    this.document = structuredClone(world.policy.document) as unknown as Draft<PolicyDocument>
    this.now = new Date(nowMs).toISOString()
    this.#kept = kept
    this.#notes = new Map([...kept].map(([key, { value }]) => [key, structuredClone(value)]))
  }

  note<K extends keyof Notes>(key: K): Notes[K] | undefined {
    return this.#notes.get(key) as Notes[K] | undefined
  }

  names(prefix: string): readonly string[] {
    return [...this.#notes.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  }

  /** The note to change, made if there is none; its time of change is now. */
  noting<K extends keyof Notes>(key: K): Notes[K] {
    const known = this.#notes.get(key)
    const note = known ?? { created: this.now }
    if (!key.startsWith('rule/')) Object.assign(note, { updated: this.now })
    this.#notes.set(key, note)
    return note as unknown as Notes[K]
  }

  /** A note of a part of a type. */
  notingPart<P extends 'actions' | 'attributes' | 'roles' | 'relations' | 'groups'>(
    type: string,
    part: P,
    name: string,
  ): NonNullable<TypeNote[P]>[string] {
    const whole = this.noting(`type/${type}`) as TypeNote
    whole[part] ??= {} as never
    const notes = whole[part] as Record<string, Note>
    const known = Object.hasOwn(notes, name) ? notes[name] : undefined
    const note = known ?? { created: this.now, updated: this.now }
    notes[name] = note
    note.updated = this.now
    return note as never
  }

  forget(key: keyof Notes): void {
    this.#notes.delete(key)
  }

  /** The document that would be in force, with its text; undefined if nothing of it changed. @throws {PolicyInvalid} */
  policy(): { readonly document: PolicyDocument; readonly text: string } | undefined {
    const edits = editsBetween(this.world.policy.document, this.document)
    if (edits.length === 0) return undefined
    const text = editPolicy(this.world.policyText, edits)
    return { text, document: parsePolicy(text) }
  }

  records(): readonly NewRecord[] {
    const records: NewRecord[] = []
    const collection = SCHEMA_NOTES
    for (const [key, value] of this.#notes) {
      const before = this.#kept.get(key)
      if (before !== undefined && isSame(before.value, value)) continue
      records.push({ collection, key, value, expectVersion: before?.version ?? 0 })
    }
    for (const [key, { version }] of this.#kept) {
      if (this.#notes.has(key)) continue
      records.push({ collection, key, value: undefined, expectVersion: version })
    }
    return records
  }
}

/** What leads from one value to another, each edit as small as it can be; the text around them stays as it is. */
export function editsBetween(
  before: unknown,
  after: unknown,
  path: readonly (string | number)[] = [],
): readonly PolicyEdit[] {
  if (isSame(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return listEdits(before, after, path)
  if (!isObject(before) || !isObject(after)) return [{ path, value: after }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => editsBetween(before[name], after[name], [...path, name]))
}

/** A list that lost some items and got others at its end is edited item by item, any other as a whole. */
function listEdits(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly (string | number)[],
): readonly PolicyEdit[] {
  const gone: number[] = []
  let kept = 0
  before.forEach((item, i) => {
    if (kept < after.length && isSame(item, after[kept])) kept += 1
    else gone.push(i)
  })
  if (kept === 0 && after.length > 0) return [{ path, value: after }]
  const removed = gone.reverse().map((i) => ({ path: [...path, i], value: undefined }))
  const added = after.slice(kept).map((value, i) => ({ path: [...path, kept + i], value }))
  return [...removed, ...added]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Equal as JSON, whatever the order of names. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => isSame(item, other[i]))
  }
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one).filter((name) => one[name] !== undefined)
  const others = Object.keys(other).filter((name) => other[name] !== undefined)
  return (
    names.length === others.length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  )
}
