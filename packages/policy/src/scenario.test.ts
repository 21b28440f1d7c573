import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy, playScenario, ScenarioInvalid, scenarioSchema } from './document/index.ts'

const text = `name: A hall
policy:
  version: 1
  tenant: { key: acme, roles: {} }
  types:
    hall:
      channels: "hall:{key}"
      actions: [subscribe, publish]
      roles: { guest: { can: [subscribe] } }
      rules: [{ id: calm, forbid: publish, when: resource.calm }]
resources: { hall:red: { calm: true } }
tuples: [hall:red#guest@user:gus]
keys: { web: { capability: { "*": [subscribe] } }, none: { capability: {} } }
assertions:
  - { subject: user:gus, on: hall:red, can: [subscribe, publish] }
  - { name: calm, subject: user:gus, on: hall:red, cannot: [publish], because: never_granted }
  - { subject: user:gus, on: hall:red, cannot: [publish], rule: types.hall.rules.calm }
  - { key: web, channel: free, cannot: [subscribe] }
matrix: { operation: subscribe, rows: { free: [web, none] } }
`
const problems = (scenario: string) => {
  try {
    playScenario(scenario)
  } catch (error) {
    if (error instanceof ScenarioInvalid) return error.problems
    throw error
  }
  return []
}

describe('playing', () => {
  test('[PO80] every expectation is told with its place, what was expected and what came out', () => {
    const { name, checks } = playScenario(text)
    expect(name).toBe('A hall')
    expect(checks.map(({ passed, line, column }) => [passed, line, column])).toEqual([
      [true, 15, 46],
      [false, 15, 57],
      [false, 16, 61],
      [true, 17, 49],
      [false, 18, 41],
      [false, 19, 41],
    ])
    expect(checks[2]).toEqual({
      line: 16,
      column: 61,
      name: 'calm',
      question: 'may `user:gus` `publish` on `hall:red`',
      expected: 'no, never_granted',
      actual: 'no, forbidden types.hall.rules.calm',
      passed: false,
    })
    expect(checks[5]).toMatchObject({ expected: 'web, none', actual: 'web' })
  })

  test('[PO80] another policy may decide instead', () => {
    const other = parsePolicy(
      '{ version: 1, tenant: { key: acme, roles: {} }, types: { hall: { actions: [subscribe], roles: {} } } }',
    )
    const { checks } = playScenario(text, other)
    expect(checks[0]).toMatchObject({ passed: false, actual: 'no, never_granted' })
    const bare = text.replace(/policy:[\s\S]*(?=resources:)/, '')
    expect(playScenario(bare, other).checks).toEqual(
      checks.map((check) => ({ ...check, line: check.line - 9 })),
    )
  })

  test('[PO80] JSON plays like YAML', () => {
    const json = JSON.stringify({
      name: 'x',
      policy: { version: 1, tenant: { key: 'a', roles: {} }, types: {} },
      assertions: [{ subject: 'user:x', on: 'y:z', cannot: ['a'], because: 'unknown_type' }],
    })
    expect(playScenario(json).checks).toMatchObject([{ passed: true }])
  })
})

describe('problems', () => {
  test.each<[string, string, string, string]>([
    [
      'no policy',
      text.slice(text.indexOf('policy:'), text.indexOf('resources:')),
      '',
      ': `policy` is missing',
    ],
    [
      'a broken policy',
      'can: [subscribe]',
      'can: [fly]',
      'policy.types.hall.roles.guest.can[0]: `fly` is not an action of `hall`',
    ],
    ['an unknown word', 'tuples:', 'tuple:', 'tuple: `tuple` is not known here'],
    [
      'no tuple',
      'hall:red#guest@user:gus',
      'hall:red#guest',
      'tuples[0]: `hall:red#guest` is not a role assignment',
    ],
    [
      'no subject',
      'subject: user:gus, on',
      'on',
      'assertions[0]: the assertion does not say who asks',
    ],
    ['no capability', '{ "*": [subscribe] }', '{ "*": [fly] }', 'keys.web.capability: '],
    ['no instant', 'name: A hall', 'name: A hall\nnow: today', 'now: `today` is no instant'],
    [
      'nothing to receive',
      'can: [subscribe, publish]',
      'receives: true',
      'assertions[0].receives: `receives` asks about nothing',
    ],
  ])('[PO80] %s', (_, from, to, expected) => {
    const [first] = problems(text.replace(from, to)).map(
      ({ path, message }) => `${path}: ${message}`,
    )
    expect(first).toContain(expected)
  })

  test('[PO80] any words in any place play or end in problems', () => {
    const lines = text.split(/(?<=[\s,{}[\]])/)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 60 }), (pieces) => {
        expect(problems(`name: x\n${pieces.join('')}`).every(({ line }) => line >= 1)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

const published = new URL('../scenario.schema.json', import.meta.url)
test('[PO80] the published schema of scenarios is the one in the code (UPDATE=1 writes it)', () => {
  if (process.env.UPDATE) writeFileSync(published, `${JSON.stringify(scenarioSchema, null, 2)}\n`)
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(scenarioSchema)
})

describe('the example of the colours', () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../../examples/colours/${name}`, import.meta.url), 'utf8')
  for (const name of ['policy-deny.yaml', 'policy-allow.yaml']) {
    const { checks } = playScenario(read('scenario.yaml'), parsePolicy(read(name)))
    test.each(checks)(`[PO81] ${name}: $line $question`, ({ passed, expected, actual }) => {
      expect({ passed, expected, actual }).toEqual({ passed: true, expected, actual })
    })
  }
})

describe('the guide to the document', () => {
  const guide = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8')
  const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block)
  const policies = blocks.filter((block) => block.startsWith('version:'))
  const scenarios = blocks.filter((block) => block.startsWith('name:'))

  test('[PO81] has a policy in both styles and a scenario', () => {
    expect([policies.length, scenarios.length, blocks.length]).toEqual([2, 1, 3])
  })
  for (const [style, policy] of policies.entries()) {
    const { checks } = playScenario(scenarios[0] ?? '', parsePolicy(policy))
    test.each(checks)(`[PO81] style ${style + 1}: $line $question`, ({ passed, ...came }) => {
      expect({ passed, ...came }).toEqual({ passed: true, ...came })
    })
  }
})
