import { readFileSync } from 'node:fs'
import { parsePolicy } from '@sayso/policy/document'
import { editPolicy } from '@sayso/policy/editing'
import { describe, expect, test } from 'vitest'
import { read } from './document.ts'
import { nameFrom, nextWish, type Wish, wished } from './edits.ts'
import { columnsShown, grouped, groupOf, matrixOf } from './matrix.ts'

const text = readFileSync(
  new URL('../../../../../../../server/default-policy.yaml', import.meta.url),
  'utf8',
)

function documentOf(source: string) {
  const reading = read(source)
  if (!reading.isRead) throw new Error(reading.problem)
  return reading.document
}

const cell = (row: string, action: string, source = text) =>
  matrixOf(documentOf(source), 'channel').cell(row, action)

/** The text once a cell was made so. */
function made(row: string, action: string, wish: Wish, source = text): string {
  const found = wished(documentOf(source), { type: 'channel', row, action }, wish)
  if (found.kind !== 'edits') throw new Error(found.kind)
  const after = editPolicy(source, found.edits)
  parsePolicy(after)
  return after
}

describe('cells', () => {
  test.each([
    ['viewer', 'subscribe', { kind: 'allowed', isConditional: false }],
    ['participant', 'subscribe', { kind: 'inherited', from: 'viewer' }],
    ['owner', 'subscribe', { kind: 'inherited', from: 'viewer' }],
    ['viewer', 'mute', { kind: 'never' }],
    ['muted', 'publish', { kind: 'forbidden', isConditional: false }],
    ['banned', 'promote', { kind: 'forbidden' }],
    ['tenant#admin', 'archive', { kind: 'allowed' }],
  ])('%s on %s', (row, action, expected) => {
    expect(cell(row, action)).toMatchObject(expected)
  })

  test('a rule with a condition shows as one, except for those it spares', () => {
    expect(cell('participant', 'publish')).toMatchObject({ kind: 'allowed', isConditional: true })
    const rules = matrixOf(documentOf(text), 'channel').cell('moderator', 'publish').rules
    expect(rules.map((at) => documentOf(text).types.channel?.rules?.[at]?.id)).toEqual(['archived'])
  })

  test('roles on the place come first, then who takes over from others', () => {
    const { rows } = matrixOf(documentOf(text), 'channel')
    expect(rows.map(({ key }) => key)).toEqual([
      'tenant#admin',
      'owner',
      'moderator',
      'participant',
      'viewer',
      'muted',
      'banned',
    ])
  })

  test('a half written document is read as far as it goes', () => {
    const reading = read(
      'types:\n  desk:\n    actions: [sit, 4]\n    roles: { guest: }\n    rules: x\n',
    )
    expect(reading.isRead && matrixOf(reading.document, 'desk').cell('guest', 'sit').kind).toBe(
      'never',
    )
    expect(read('types: [').isRead).toBe(false)
  })
})

describe('edits', () => {
  test('allowing gives the action, with the comments kept', () => {
    const after = made('viewer', 'publish', 'allow')
    expect(cell('viewer', 'publish', after)).toMatchObject({ kind: 'allowed' })
    expect(after).toContain('# every action the type lists, also ones added later')
  })

  test('taking the grant leaves never granted', () => {
    expect(
      cell('participant', 'attach-file', made('participant', 'attach-file', 'none')).kind,
    ).toBe('never')
    const after = made('tenant#admin', 'mute', 'none')
    expect(cell('tenant#admin', 'mute', after).kind).toBe('never')
    expect(cell('tenant#admin', 'remove', after).kind).toBe('allowed')
  })

  test('forbidding is for that role alone: who takes over from it, and admins, may still', () => {
    const after = made('participant', 'attach-file', 'forbid')
    expect(cell('participant', 'attach-file', after).kind).toBe('forbidden')
    expect(cell('moderator', 'attach-file', after).kind).toBe('inherited')
    expect(cell('tenant#admin', 'attach-file', after).kind).toBe('allowed')
    const twice = made('participant', 'report', 'forbid', after)
    expect(documentOf(twice).types.channel?.rules).toHaveLength(6)
    const back = made('participant', 'report', 'allow', twice)
    expect(documentOf(back)).toEqual(documentOf(after))
    expect(documentOf(made('participant', 'attach-file', 'allow', back))).toEqual(documentOf(text))
  })

  test('what another role gives cannot be taken here, what a shared rule forbids not be lifted', () => {
    const at = (row: string, action: string) => ({ type: 'channel', row, action })
    expect(wished(documentOf(text), at('moderator', 'publish'), 'none')).toEqual({
      kind: 'inherited',
      from: 'participant',
    })
    expect(wished(documentOf(text), at('banned', 'publish'), 'allow')).toMatchObject({
      kind: 'edits',
    })
    const shared = text.replace('to: [muted]', 'to: [muted, viewer]')
    expect(wished(documentOf(shared), at('muted', 'publish'), 'allow')).toMatchObject({
      kind: 'ruled',
    })
  })

  test('the same key steps through all states', () => {
    expect(
      ['never', 'allowed', 'forbidden', 'inherited'].map((kind) => nextWish(kind as 'never')),
    ).toEqual(['allow', 'forbid', 'none', 'forbid'])
    expect(nameFrom('Guest spéaker!')).toBe('guest-speaker')
  })
})

test('comparing shows only where two roles differ', () => {
  const matrix = matrixOf(documentOf(text), 'channel')
  const differ = columnsShown(matrix, { text: '', compare: ['viewer', 'participant'] }, String)
  expect(differ).toContain('publish')
  expect(differ).not.toContain('subscribe')
  expect(columnsShown(matrix, { text: 'message-', compare: undefined }, String)).toHaveLength(5)
})

test('columns of a kind stand together', () => {
  expect(grouped(['mute', 'publish', 'history', 'fly'])).toEqual([
    'history',
    'publish',
    'mute',
    'fly',
  ])
  expect(groupOf('message-delete-any')).toBe('moderate')
})

test('10,000 cells are worked out', () => {
  const actions = Array.from({ length: 200 }, (_, at) => `act-${at}`)
  const roles = Object.fromEntries(
    Array.from({ length: 50 }, (_, at) => [
      `role-${at}`,
      { extends: at === 0 ? [] : [`role-${at - 1}`], can: [`act-${at}`] },
    ]),
  )
  const document = documentOf(
    JSON.stringify({
      version: 1,
      tenant: { key: 't', roles: {} },
      types: { big: { actions, roles } },
    }),
  )
  const matrix = matrixOf(document, 'big')
  const kinds = matrix.rows.flatMap(({ key }) => actions.map((one) => matrix.cell(key, one).kind))
  expect(kinds.filter((kind) => kind === 'inherited')).toHaveLength((50 * 49) / 2)
})
