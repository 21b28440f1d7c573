import { describe, expect, test } from 'vitest'
import { PolicyInvalid, type PolicyProblem, parsePolicy } from './document/index.ts'

function problemsOf(text: string): readonly PolicyProblem[] {
  try {
    parsePolicy(text)
  } catch (error) {
    if (error instanceof PolicyInvalid) return error.problems
    throw error
  }
  return []
}
const messages = (text: string) =>
  problemsOf(text).map(({ path, message }) => `${path}: ${message}`)

const yaml = `
version: 1
tenant:
  key: acme
  attributes: { plan: string }
  roles: { aide: {}, owner: { extends: [aide], can: { desk: [clear] } } }
people: { attributes: { age: int, colours: list } }
types:
  hall:
    actions: [enter]
    attributes: { open: bool }
    roles: { keeper: { can: ['*'] }, visitor: {} }
    rules:
      - { allow: enter, when: subject.age >= 18 }
  desk:
    title: Desk
    channels: 'desk:{key}'
    default: allow
    actions: [subscribe, publish, clear]
    relations: { room: [hall], firm: [tenant] }
    roles:
      worker: { can: [subscribe], from: [{ role: visitor, via: room, when: resource.floor == 1 }] }
      chief:
        extends: [worker]
        except_direct: true
        from:
          - { role: keeper, via: room }
          - { role: owner, via: firm, except_direct: true }
    rules:
      - id: colours
        require: publish
        unless: [chief, 'tenant#aide']
        when: message.after.data.colour in subject.colours
        message: That colour is not yours.
      - forbid: [publish, receive]
        to: [worker]
        from: 2026-03-01T09:00:00Z
        until: 2026-03-01T10:00:00.5+01:00
      - { forbid: '*', to: ['tenant#aide'], when: 'tenant.plan == "none"' }
    messages:
      paint:
        fields:
          colour: { type: string, one_of: [red, green] }
          tags: { type: list, items: string, max_length: 4, optional: true }
      '*': { fields: { text: string } }
seed:
  resources:
    hall:one: { open: true, title: One }
    desk:one: { floor: 1, grid: { a: [1, null] } }
`

test('[PO46] rules, relations and messages are the same in YAML and JSON', () => {
  const document = parsePolicy(
    // Ends before it starts: the offset counts.
    yaml.replace('10:00:00.5+01:00', '11:00:00.5+01:00'),
  )
  expect(parsePolicy(JSON.stringify(document, null, 2))).toEqual(document)
  expect(document.types.desk?.rules?.[0]).toEqual({
    id: 'colours',
    require: 'publish',
    unless: ['chief', 'tenant#aide'],
    when: 'message.after.data.colour in subject.colours',
    message: 'That colour is not yours.',
  })
  expect(document.types.desk?.messages?.['*']).toEqual({ fields: { text: 'string' } })
  expect(document.seed?.resources?.['desk:one']).toEqual({ floor: 1, grid: { a: [1, null] } })
})

const fine = yaml.replace('10:00:00.5+01:00', '11:00:00.5+01:00')
type Edit = [what: string, from: string, to: string, expected: string]

describe('rules', () => {
  test.each<Edit>([
    [
      'no verb',
      'allow: enter, when',
      'when',
      'types.hall.rules[0]: the rule does not say what it does',
    ],
    [
      'two verbs',
      'allow: enter,',
      'allow: enter, forbid: enter,',
      'types.hall.rules[0].forbid: the rule says both `allow` and `forbid`',
    ],
    [
      'an unknown action',
      'allow: enter,',
      'allow: [enter, leave],',
      'types.hall.rules[0].allow[1]: `leave` is not an action of `hall`',
    ],
    [
      '`*` beside others',
      'allow: enter,',
      "allow: [enter, '*'],",
      'types.hall.rules[0].allow[1]: `*` stands beside other actions',
    ],
    [
      'receive, allowed',
      'forbid: [publish, receive]',
      'allow: [publish, receive]',
      'types.desk.rules[1].allow[1]: `receive` cannot be allowed',
    ],
    [
      'receive without channels',
      'allow: enter,',
      'forbid: receive,',
      'types.hall.rules[0].forbid: `hall` governs no channels, so nothing is received there',
    ],
    [
      'receive as an action',
      '[subscribe, publish, clear]',
      '[subscribe, publish, clear, receive]',
      'types.desk.actions[3]: `receive` is an action of every type that governs channels',
    ],
    [
      'an unknown role',
      'to: [worker]',
      'to: [worker, ghost]',
      'types.desk.rules[1].to[1]: `ghost` is not a role of `desk`',
    ],
    [
      'an unknown role of the tenant',
      "unless: [chief, 'tenant#aide']",
      "unless: [chief, 'tenant#chief']",
      'types.desk.rules[0].unless[1]: `tenant#chief` is not a role of `desk`',
    ],
    ['nobody', 'to: [worker]', 'to: []', 'types.desk.rules[1].to: the list of roles is empty'],
    [
      'an id twice',
      '- forbid: [publish',
      '- id: colours\n        forbid: [publish',
      'types.desk.rules[1].id: `colours` is the id of an earlier rule',
    ],
    [
      'an end before the start',
      '11:00:00.5+01:00',
      '10:00:00+01:00',
      'types.desk.rules[1].until: the rule ends before it starts',
    ],
    [
      'a day that never comes',
      '2026-03-01T09:00:00Z',
      '2026-02-29T09:00:00Z',
      'types.desk.rules[1].from: `2026-02-29T09:00:00Z` is no instant of the calendar',
    ],
    [
      'an instant without a zone',
      '2026-03-01T09:00:00Z',
      '2026-03-01T09:00:00',
      'types.desk.rules[1].from: `2026-03-01T09:00:00` is not a valid instant',
    ],
    [
      'another default',
      'default: allow',
      'default: maybe',
      'types.desk.default: `maybe` is not a valid default',
    ],
  ])('[PO68] %s', (_, from, to, expected) => {
    const text = fine.replace(from, to)
    expect(text).not.toBe(fine)
    expect(messages(text)).toContain(expected)
  })

  test('[PO68] a requirement without a condition', () => {
    const text = fine.replace('when: message.after.data.colour in subject.colours', '')
    expect(messages(text)).toEqual([
      'types.desk.rules[0].require: the rule does not say what is required',
    ])
  })

  test('[PO68] the document that is edited here has no problem', () => {
    expect(messages(fine)).toEqual([])
  })
})

describe('conditions', () => {
  test('[PO67] a condition is refused at its place in the document', () => {
    const [problem] = problemsOf(fine.replace('subject.age >= 18', 'subject.age >= 18 && owner.ok'))
    expect(problem).toEqual({
      line: 14,
      column: 52,
      path: 'types.hall.rules[0].when',
      message: '`owner` is not a variable here',
      remedy: 'use `subject`, `resource`, `tenant`, `message`, `context`',
    })
    const quoted = problemsOf(fine.replace('\'tenant.plan == "none"\'', "'tenant.plan == nil'"))
    expect(quoted).toMatchObject([{ line: 39, column: 67 }])
  })

  test('[PO67] one over several lines or with escapes is pointed at where it begins', () => {
    const block = fine.replace(
      'when: message.after.data.colour in subject.colours',
      'when: >-\n          message.after.data.colour in\n          subject.colour',
    )
    expect(problemsOf(block)).toMatchObject([
      { line: 33, column: 15, message: '`colour` is not a declared attribute of `subject`' },
    ])
  })

  test('[PO67] JSON points at the same', () => {
    const document = JSON.stringify(parsePolicy(fine)).replace('subject.age', 'subject.height')
    expect(problemsOf(document)).toMatchObject([
      { line: 1, column: document.indexOf('subject.height') + 1 },
    ])
  })

  test.each<Edit>([
    [
      'an undeclared attribute of a type that declares some',
      'subject.age >= 18',
      'resource.shut',
      'types.hall.rules[0].when: `shut` is not a declared attribute of `resource`',
    ],
    [
      'an undeclared attribute of the tenant',
      'tenant.plan',
      'tenant.price',
      'types.desk.rules[2].when: `price` is not a declared attribute of `tenant`',
    ],
    [
      'types that do not go together',
      'subject.age >= 18',
      'subject.age >= "18"',
      'types.hall.rules[0].when: not a valid condition: no such overload: int >= string',
    ],
    [
      'too long a text',
      'subject.age >= 18',
      `subject.age >= 18 ${'|| true '.repeat(130)}`,
      'types.hall.rules[0].when: the condition is longer than 1000 characters',
    ],
    [
      'a message where roles are derived',
      'resource.floor == 1',
      'message.after == null',
      'types.desk.roles.worker.from[0].when: `message` is not known when roles are derived',
    ],
  ])('[PO67] %s', (_, from, to, expected) => {
    const text = fine.replace(from, to)
    expect(text).not.toBe(fine)
    expect(messages(text)).toContain(expected)
  })
})

describe('derivations', () => {
  test.each<Edit>([
    [
      'an undeclared relation',
      'role: keeper, via: room',
      'role: keeper, via: house',
      'types.desk.roles.chief.from[0].via: `house` is not a relation of `desk`',
    ],
    [
      'a role nobody has there',
      'role: keeper, via: room',
      'role: worker, via: room',
      'types.desk.roles.chief.from[0].role: `worker` is not a role of `hall`',
    ],
    [
      'a role of the tenant on something else',
      'role: owner, via: firm',
      'role: keeper, via: firm',
      'types.desk.roles.chief.from[1].role: `keeper` is not a role of `tenant`',
    ],
    [
      'a relation to nothing known',
      'room: [hall]',
      'room: [hall, shed]',
      'types.desk.relations.room[1]: `shed` is not a resource type of this document',
    ],
    [
      'a relation to nothing',
      'room: [hall]',
      'room: []',
      'types.desk.relations.room: the list of resource types is empty',
    ],
  ])('[PO69] %s', (_, from, to, expected) => {
    const text = fine.replace(from, to)
    expect(text).not.toBe(fine)
    expect(messages(text)).toContain(expected)
  })
})

describe('forms', () => {
  test.each<Edit>([
    [
      'an attribute of no type',
      'open: bool',
      'open: boolean',
      'types.hall.attributes.open: `boolean` is not a valid attribute type',
    ],
    [
      'an attribute of the system',
      'open: bool',
      'open: bool, key: string',
      'types.hall.attributes.key: `key` is set by the system',
    ],
    [
      'a seeded attribute of another type',
      'open: true, title',
      'open: 1, title',
      'seed.resources.hall:one.open: `open` is `1`, not true or false',
    ],
    [
      'a seeded attribute that is not declared',
      'open: true, title',
      'opened: true, title',
      'seed.resources.hall:one.opened: `opened` is not a declared attribute',
    ],
    [
      'a value of another type',
      'one_of: [red, green]',
      'one_of: [red, 3]',
      'types.desk.messages.paint.fields.colour.one_of[1]: `3` is no `string`',
    ],
    [
      'items of a text',
      'type: string, one_of',
      'type: string, items: string, one_of',
      'types.desk.messages.paint.fields.colour.items: `string` has no items',
    ],
    [
      'the length of a number',
      'type: list, items: string, max_length',
      'type: int, max_length',
      'types.desk.messages.paint.fields.tags.max_length: `int` has no length',
    ],
    [
      'a length below nothing',
      'max_length: 4',
      'max_length: -1',
      'types.desk.messages.paint.fields.tags.max_length: `-1` is not a valid greatest length',
    ],
    [
      'half a length',
      'max_length: 4',
      'max_length: 1.5',
      'types.desk.messages.paint.fields.tags.max_length: `1.5` is not a valid greatest length',
    ],
    [
      'a field of no type',
      'text: string',
      'text: words',
      'types.desk.messages.*.fields.text: `words` is not a valid field type',
    ],
    [
      'a field that is a number',
      'text: string',
      'text: 3',
      'types.desk.messages.*.fields.text: `3` is not a valid field',
    ],
  ])('[PO70] %s', (_, from, to, expected) => {
    const text = fine.replace(from, to)
    expect(text).not.toBe(fine)
    expect(messages(text)).toContain(expected)
  })
})

test('[PO401] fields of people are of declared attributes, with values of their type', () => {
  const people = (fields: string) =>
    messages(
      `version: 1\ntenant: { key: t, roles: {} }\ntypes: {}\npeople: { attributes: { level: int }, fields: ${fields} }\n`,
    )
  expect(people('{ level: { title: Level, one_of: [1, 2], set_by: keys } }')).toEqual([])
  expect(people('{ level: { one_of: [1, x] } }')).toEqual([
    'people.fields.level.one_of[1]: `"x"` is no `int`',
  ])
  expect(people('{ team: { about: Which }, level: { set_by: me } }')).toEqual([
    'people.fields.team: `team` is not a declared attribute of people',
    'people.fields.level.set_by: `me` is not a valid who sets it',
  ])
})
