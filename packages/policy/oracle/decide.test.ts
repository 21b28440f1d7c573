// Holds the engine to the naive evaluator on questions. ORACLE_TRIPLES says how many (policy, facts, question) triples.

import { test } from 'vitest'
import { parsePolicy } from '../src/document/index.ts'
import * as engine from '../src/index.ts'
import { anyQuestion, anyStory } from './any-facts.ts'
import { anyPolicy, editedPolicy } from './any-policy.ts'
import { decisionDifferences, grantDifferences, receiveDifferences } from './check.ts'
import { listDifferences } from './check-explain.ts'
import { seeded } from './random.ts'
import { hold, LONG, seeds } from './runs.ts'

const QUESTIONS = 40

test(
  '[PO180] answers are those of the naive evaluator: cold, warm, in bulk and in reversed order',
  () => {
    for (const seed of seeds(1000 / QUESTIONS)) {
      const { document, start } = anyStory(seeded(seed))
      hold(seed, start, (story, random) => {
        const questions = Array.from({ length: QUESTIONS }, () => anyQuestion(random, document))
        return decisionDifferences(engine, story, questions)
      })
    }
  },
  LONG,
)

test(
  '[PO181] what is granted altogether, and every list, is what the naive evaluator grants one by one',
  () => {
    for (const seed of seeds(4)) {
      const { document, start } = anyStory(seeded(seed))
      hold(seed, start, (story, random) => [
        ...grantDifferences(engine, story),
        ...listDifferences(engine, story, document, random),
      ])
    }
  },
  LONG,
)

test(
  '[PO182] who receives a message is who the naive evaluator says, and one receiver class has one answer',
  () => {
    for (const seed of seeds(5)) {
      const { start } = anyStory(seeded(seed))
      hold(seed, start, (story, random) => receiveDifferences(engine, story, random))
    }
  },
  LONG,
)

test(
  '[PO180] the random policies are ones that the reader takes',
  () => {
    for (const seed of seeds(2)) {
      const random = seeded(seed)
      const document = anyPolicy(random)
      parsePolicy(JSON.stringify(document))
      parsePolicy(JSON.stringify(editedPolicy(random, document)))
    }
  },
  LONG,
)
