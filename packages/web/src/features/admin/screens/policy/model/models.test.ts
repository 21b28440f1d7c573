import { policySchema } from '@sayso/policy/editing'
import { expect, test } from 'vitest'
import { offersAt, pathAt } from './completion.ts'
import { read } from './document.ts'
import { graphOf } from './graph.ts'
import { lineDiff } from './line-diff.ts'
import { formOf, problemsOf, ruleOf } from './rule-form.ts'
import { attributeLines, pairsIn, relationLines } from './type-lines.ts'

const text = `version: 1
tenant:
  key: acme
  roles:
    admin: { can: { desk: ["*"] } }
types:
  room:
    actions: [enter]
    roles: { keeper: { can: [enter] } }
  desk:
    actions: [sit, speak]
    relations:
      room: [room]
    roles:
      worker:
        can:
          - sit
        from:
          - role: keeper
            via: room
    rules:
      - forbid: speak
        to: [worker]
`
const reading = read(text)
if (!reading.isRead) throw new Error(reading.problem)
const { document } = reading
const lineOf = (part: string) => text.split('\n').findIndex((line) => line.includes(part))
const labels = (part: string, before: string) =>
  offersAt(policySchema, document, text, { line: lineOf(part), before }).map(({ label }) => label)

test('a line knows where in the document it stands', () => {
  expect(pathAt(text, lineOf('- sit')).path).toEqual([
    'types',
    'desk',
    'roles',
    'worker',
    'can',
    '[]',
  ])
  expect(pathAt(text, lineOf('via: room')).path).toEqual([
    'types',
    'desk',
    'roles',
    'worker',
    'from',
    '[]',
  ])
  expect(pathAt(text, lineOf('key: acme')).path).toEqual(['tenant'])
})

test('completion offers fields of the schema and names of the document', () => {
  expect(labels('- sit', '          - ')).toEqual(expect.arrayContaining(['*', 'sit', 'speak']))
  expect(labels('to: [worker]', '        ')).toEqual(
    expect.arrayContaining(['when', 'message', 'unless']),
  )
  expect(labels('to: [worker]', '        to: [')).toEqual(['worker', 'tenant#admin'])
  expect(labels('version: 1', '')).toEqual(expect.arrayContaining(['tenant', 'types', 'settings']))
  expect(labels('key: acme', '  ')).toEqual(expect.arrayContaining(['roles', 'attributes']))
})

test('the graph draws relations and the roles that come by them', () => {
  const { nodes, edges } = graphOf(document)
  expect(edges.map(({ kind, from, to, name }) => [kind, from, to, name])).toEqual([
    ['relation', 'desk', 'room', 'room'],
    ['derived', 'desk', 'room', 'room'],
  ])
  expect(edges[1]?.role).toEqual({ gives: 'worker', holds: 'keeper', isIf: false })
  const at = (type: string) => nodes.find((node) => node.type === type)
  expect(at('desk')?.x).toBeLessThan(at('room')?.x ?? 0)
})

test('differences of texts are the lines that changed, with some around', () => {
  const before = Array.from({ length: 40 }, (_, at) => `line ${at}`)
  const after = [...before.slice(0, 20), 'new', ...before.slice(20, 30), ...before.slice(31)]
  const lines = lineDiff(before.join('\n'), after.join('\n'))
  expect(lines.filter(({ kind }) => kind === 'added')).toEqual([
    { kind: 'added', text: 'new', line: 21 },
  ])
  expect(lines.filter(({ kind }) => kind === 'removed')).toEqual([
    { kind: 'removed', text: 'line 30', line: 31 },
  ])
  expect(lines.filter(({ kind }) => kind === 'gap')).toHaveLength(3)
  expect(lineDiff('a\nb', 'a\nb').every(({ kind }) => kind === 'gap')).toBe(true)
})

test('a rule goes through its form and comes back the same', () => {
  const rule = { id: 'quiet', forbid: ['speak', 'sit'], to: ['worker'], when: 'resource.quiet' }
  expect(ruleOf(formOf(rule))).toEqual(rule)
  expect(ruleOf(formOf({ require: '*', from: '2027-01-01T00:00:00Z' }))).toEqual({
    require: '*',
    from: '2027-01-01T00:00:00Z',
  })
})

test('a problem in a condition is told at its character', () => {
  const problem = (path: string, line: number, column: number) => ({
    path,
    line,
    column,
    message: 'm',
    remedy: 'r',
  })
  const at = { path: 'types.desk.rules[0]', text: 'x\n    when: a +\n', when: 'a +' }
  expect(
    problemsOf(
      [problem('types.desk.rules[0].when', 2, 14), problem('types.desk.rules[1]', 9, 1)],
      at,
    ),
  ).toEqual([{ field: 'when', character: 4, text: 'm; r' }])
})

test('attributes and relations are lines', () => {
  expect(relationLines(document.types.desk ?? {})).toBe('room: room')
  expect(attributeLines({ attributes: { quiet: 'bool' } })).toBe('quiet: bool')
  expect(pairsIn('quiet: bool\n\n size : int ')).toEqual({
    isRead: true,
    pairs: [
      ['quiet', 'bool'],
      ['size', 'int'],
    ],
  })
  expect(pairsIn('quiet')).toEqual({ isRead: false, line: 'quiet' })
})
