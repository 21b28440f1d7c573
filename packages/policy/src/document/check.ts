// Everything that must be right about a document beyond its shape.

import { checkTypes, readVocabulary } from './meaning.ts'
import { checkForms } from './messages-meaning.ts'
import { checkNamespaces } from './namespaces-meaning.ts'
import type { Place } from './place.ts'
import type { Problems } from './problems.ts'
import { checkRules } from './rules-meaning.ts'
import { checkSeed } from './seed-meaning.ts'
import { checkSettings } from './settings-meaning.ts'

/** Reports what does not make sense in the policy document that begins at `root`. */
export function checkMeaning(root: Place, problems: Problems): void {
  const words = readVocabulary(root)
  checkTypes(root, words, problems)
  checkRules(root, words, problems)
  checkForms(root, problems)
  checkSettings(root, words, problems)
  checkSeed(root, words, problems)
  checkNamespaces(root, problems)
}
