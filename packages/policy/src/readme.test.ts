import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as document from './document/index.ts'
import * as policy from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('[PO28] the example of the README runs and ends as it says', () => {
  const code = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const [, promised] = /\/\/ (ask for .*)/.exec(code) ?? []
  const body = code
    .replace(/import (\{.*\}) from '@sayso\/policy'/, 'const $1 = policy')
    .replace(/import (\{.*\}) from '@sayso\/policy\/document'/, 'const $1 = document')
  const run = new Function('policy', 'document', `${body}\nreturn { decision, answer }`)
  expect(run(policy, document)).toMatchObject({ decision: { allowed: false }, answer: promised })
  expect(promised).toBeDefined()
})
