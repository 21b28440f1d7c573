// One request that changes the schema: a draft of what is there, the work on it, one write.

import { amendPlace } from '../../../commands/amend-place.ts'
import { Failure } from '../../../commands/failure.ts'
import type { Call } from '../call.ts'
import type { IdKind } from '../ids.ts'
import type { PermitApp } from '../scope.ts'
import { notFound } from '../trouble.ts'
import { readNotes, type Schema, SchemaDraft } from './draft.ts'
import { attributesOf, isBuiltIn, resourceKeys, SchemaView, typeOfDocument } from './views.ts'

/** How often notes may change under one request. */
const MOST_ROUNDS = 20

/** The schema as it is. */
export async function readSchema({ app }: Pick<Call, 'app'>): Promise<SchemaView> {
  const { context } = app
  const notes = await readNotes(context.store)
  return new SchemaView(new SchemaDraft(context.standing.world, notes, context.now()), app)
}

/**
 * Changes the schema; what is committed is what `work` left of the draft.
 *
 * @param target what it is about, for the audit log: `permit:channel#moderator`
 * @param work   done again if something changed meanwhile; throws to refuse
 */
export async function changeSchema<T>(
  call: Pick<Call, 'app' | 'asker' | 'home'>,
  command: string,
  target: string,
  work: (draft: SchemaDraft, view: SchemaView) => T,
): Promise<{ readonly view: SchemaView; readonly result: T }> {
  const { context } = call.app
  for (let round = 1; ; round += 1) {
    const notes = await readNotes(context.store)
    const done: { view?: SchemaView; result?: T } = {}
    const plan = (world: Schema['world']) => {
      const draft = new SchemaDraft(world, notes, context.now())
      done.view = new SchemaView(draft, call.app)
      done.result = work(draft, done.view)
      return { policy: draft.policy(), changes: draft.changes, records: draft.records() }
    }
    try {
      await amendPlace(context, call.asker, {
        command,
        target,
        plan,
        ...(call.home && { home: call.home }),
      })
      return done as { readonly view: SchemaView; readonly result: T }
    } catch (error) {
      const isStale = error instanceof Failure && error.code === 'conflict'
      if (!isStale || round === MOST_ROUNDS) throw error
    }
  }
}

/** The key of a part of a type, named by key or id. */
export function partKey(
  app: PermitApp,
  kind: IdKind,
  prefix: string,
  text: string,
  names: readonly string[],
): string | undefined {
  if (names.includes(text)) return text
  return names.find((name) => app.ids.of(kind, `${prefix}${name}`) === text.toLowerCase())
}

/** The resource a request names, by key or id. @throws {PermitTrouble} `NOT_FOUND` */
export function resourceKey(view: SchemaView, text: string, canBeBuiltIn = true): string {
  const builtIn = canBeBuiltIn ? ['__user', '__tenant'] : []
  const all = [...resourceKeys(view.document), ...builtIn]
  const key = partKey(view.app, 'resource', '', text, all)
  if (key === undefined) throw notFound('resource', text)
  return key
}

export function inPath({ c }: Call, view: SchemaView, canBeBuiltIn = true): string {
  // Where the path names none it is about users.
  return resourceKey(view, c.req.param('resource') ?? '__user', canBeBuiltIn)
}

/** @throws {PermitTrouble} `NOT_FOUND` */
export function actionKey(view: SchemaView, type: string, text: string): string {
  const names = typeOfDocument(view.document, type)?.actions ?? []
  return found(partKey(view.app, 'action', `${type}:`, text, names), 'action', text)
}

export function attributeKey(view: SchemaView, type: string, text: string): string {
  const names = Object.keys(attributesOf(view.document, type))
  return found(partKey(view.app, 'attribute', `${type}:`, text, names), 'attribute', text)
}

export function relationKey(view: SchemaView, type: string, text: string): string {
  const names = Object.keys(typeOfDocument(view.document, type)?.relations ?? {})
  return found(partKey(view.app, 'relation', `${type}:`, text, names), 'relation', text)
}

export function groupKey(view: SchemaView, type: string, text: string): string {
  const names = Object.keys(view.typeNote(type)?.groups ?? {})
  return found(partKey(view.app, 'action_group', `${type}:`, text, names), 'action group', text)
}

export function resourceRoleKey(view: SchemaView, type: string, text: string): string {
  const names = isBuiltIn(type) ? [] : Object.keys(typeOfDocument(view.document, type)?.roles ?? {})
  return found(partKey(view.app, 'resource_role', `${type}#`, text, names), 'role', text)
}

export function tenantRoleKey(view: SchemaView, text: string): string {
  const names = Object.keys(view.document.tenant.roles)
  return found(partKey(view.app, 'role', '', text, names), 'role', text)
}

function found(key: string | undefined, what: string, text: string): string {
  if (key === undefined) throw notFound(what, text)
  return key
}
