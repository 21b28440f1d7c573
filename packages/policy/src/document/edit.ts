// Edits of a document as text, so that what its author wrote around the change stays: comments, order, style.

import { canonicalText } from '../canonical.ts'
import { applyEdit, EditInvalid, type EditPath, type PolicyEdit } from './edit-value.ts'
import { rewriteYaml, spliceYaml } from './edit-yaml.ts'
import { readTree, toValue } from './tree.ts'

export { EditInvalid, type EditPath, type PolicyEdit } from './edit-value.ts'

/**
 * Applies edits in turn and returns the new text; it means exactly the old document with the edits made.
 *
 * YAML keeps its comments, its order and, where it can, every line that is not concerned; JSON keeps its order and
 * indentation. Whether the result is a valid policy is for `parsePolicy` to say.
 *
 * @throws {PolicyInvalid} the text is neither YAML nor JSON
 * @throws {EditInvalid} an edit has no place in the document
 */
export function editPolicy(text: string, edits: readonly PolicyEdit[]): string {
  return edits.reduce((before, edit) => {
    const after = applyEdit(meaningOf(before), edit)
    return isJson(before) ? writeJson(before, after) : editYaml(before, edit, after)
  }, text)
}

/**
 * What a document says, unchecked: only that it can be read at all.
 *
 * @throws {PolicyInvalid} the text is neither YAML nor JSON
 */
export function meaningOf(text: string): unknown {
  const { tree, problems } = readTree(text)
  problems.throwIfAny()
  return tree && toValue(tree)
}

function editYaml(text: string, edit: PolicyEdit, after: unknown): string {
  const wanted = canonicalText(after)
  const old = valueAt(meaningOf(text), edit.path)
  const finer = refine(old, edit)
  for (const attempt of [
    () => (finer ? finer.reduce((now, part) => now && (spliceYaml(now, part) ?? ''), text) : ''),
    () => spliceYaml(text, edit),
    () => rewriteYaml(text, edit),
  ]) {
    const edited = attempt()
    if (edited && means(edited, wanted)) return edited
  }
  throw new EditInvalid(edit.path)
}

function means(text: string, wanted: string): boolean {
  try {
    return canonicalText(meaningOf(text)) === wanted
  } catch {
    return false
  }
}

/** An object put in place of an object changes only the fields that differ, so that the others keep their comments. */
function refine(old: unknown, { path, value }: PolicyEdit): readonly PolicyEdit[] | undefined {
  if (!isObject(old) || !isObject(value)) return undefined
  const names = [...new Set([...Object.keys(old), ...Object.keys(value)])]
  return names.flatMap((name) => {
    const [was, is] = [old[name], value[name]]
    if (canonicalText(was) === canonicalText(is)) return []
    const edit = { path: [...path, name], value: is }
    return refine(was, edit) ?? [edit]
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueAt(value: unknown, path: EditPath): unknown {
  return path.reduce<unknown>((here, step) => {
    if (Array.isArray(here)) return here[Number(step)]
    return isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined
  }, value)
}

function isJson(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function writeJson(text: string, value: unknown): string {
  const [, indent = ''] = /\n([ \t]+)\S/.exec(text) ?? []
  return `${JSON.stringify(value, null, indent)}${/\n$/.test(text) ? '\n' : ''}`
}
