// Holds the engine to the naive evaluator on questions. ORACLE_TRIPLES says how many (policy, facts, question) triples.

import { expect, test } from 'vitest'
import * as engine from '../src/index.ts'
import { anyQuestion, anyStory } from './any-facts.ts'
import { decisionDifferences, grantDifferences } from './check.ts'
import { seeded } from './random.ts'

const TRIPLES = Number(process.env.ORACLE_TRIPLES ?? 50_000)
const QUESTIONS = 20

test('[PO180] answers are those of the naive evaluator: cold, warm, in bulk and in reversed order', () => {
  for (let seed = 1; seed <= TRIPLES / QUESTIONS; seed += 1) {
    const random = seeded(seed)
    const { document, start } = anyStory(random)
    const questions = Array.from({ length: QUESTIONS }, () => anyQuestion(random, document))
    expect(decisionDifferences(engine, start, questions), `seed ${seed}`).toEqual([])
  }
}, 3_600_000)

test('[PO181] what is granted altogether is what the naive evaluator grants one by one', () => {
  for (let seed = 1; seed <= TRIPLES / 500; seed += 1) {
    const { start } = anyStory(seeded(seed))
    expect(grantDifferences(engine, start), `seed ${seed}`).toEqual([])
  }
}, 3_600_000)
