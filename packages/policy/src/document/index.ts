// The front door for documents: text in, validated policy out. Kept apart so that deciding needs no parser.

import type { PolicyDocument } from '../document-types.ts'
import { checkMeaning } from './check.ts'
import { rootPlace } from './place.ts'
import { checkShape } from './shape.ts'
import { readTree, toValue } from './tree.ts'

export { type DataProblem, readData } from './data.ts'
export { EditInvalid, type EditPath, editPolicy, type PolicyEdit } from './edit.ts'
export { PolicyInvalid, type PolicyProblem } from './problems.ts'
export {
  playScenario,
  type ScenarioCheck,
  ScenarioInvalid,
  type ScenarioResult,
} from './scenario.ts'
export { scenarioSchema } from './scenario-schema.ts'
export { policySchema } from './schema.ts'

/**
 * Reads a policy document from YAML or JSON and checks it wholly: shape, references, contradictions.
 *
 * @param text at most 1 MiB as UTF-8
 * @throws {PolicyInvalid} with every problem found, each with line and column
 */
export function parsePolicy(text: string): PolicyDocument {
  const { tree, problems } = readTree(text)
  if (tree) {
    checkShape(tree, problems)
    checkMeaning(rootPlace(tree), problems)
  }
  problems.throwIfAny()
  // INVARIANT: no problem means that the value has exactly the shape of the type; the schema is its mirror.
  return toValue(tree ?? { kind: 'value', at: 0, value: null }) as PolicyDocument
}
