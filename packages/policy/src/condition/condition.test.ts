import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oracle, type Verdict } from '../../test/cel-oracle.ts'
import type { PolicyDocument } from '../document-types.ts'
import { ANONYMOUS, type Attributes, type ResourceId, type SubjectId } from '../names.ts'
import { checkCondition, compileCondition, declarationsOf } from './compile-condition.ts'
import type { MessageState, Outcome, Scope } from './condition.ts'
import { foundValue, resourceValue, subjectValue, tenantValue } from './scope.ts'

const open: PolicyDocument = { version: 1, tenant: { key: 'acme', roles: {} }, types: {} }
const declared: PolicyDocument = {
  version: 1,
  tenant: { key: 'acme', roles: {}, attributes: { plan: 'string', seats: 'int' } },
  people: { attributes: { age: 'int', colours: 'list', boss: 'string', score: 'double' } },
  types: {
    desk: {
      actions: [],
      roles: {},
      attributes: { floor: 'int', tags: 'list', open: 'bool', grid: 'map', extra: 'any' },
    },
  },
}
const free = declarationsOf(open, 'desk')
const strict = declarationsOf(declared, 'desk')

const after: MessageState = {
  name: 'paint',
  data: { colour: 'red', n: 3, list: [1, 2, 3], nested: { deep: [{ x: 1 }] }, text: 'aaaaaaaa!' },
  clientId: 'ada',
  headers: { tone: 'calm' },
}
const people: Record<string, Attributes> = {
  'user:bob': { boss: 'user:cy', age: 50, colours: ['blue'] },
  'user:cy': { boss: 'user:bob', age: 70 },
  'desk:two': { floor: 2, owner: 'ada' },
}
const scope: Scope = {
  subject: subjectValue('user:ada' as SubjectId, {
    age: 18,
    colours: ['red', 'green'],
    boss: 'user:bob',
    nothing: null,
    score: 1.5,
    mixed: [1, 'a', true, null],
    flags: { red: true, green: false, blue: 'yes' },
    poisoned: { red: true, constructor: 1 },
    numbers: { 1: true, true: true, 18: true },
    inherited: JSON.parse('{ "__proto__": {}, "valueOf": {}, "toString": {} }'),
  }),
  resource: resourceValue('desk:one' as ResourceId, {
    floor: 3,
    tags: ['quiet', 'south'],
    open: true,
    grid: { a: 1, b: { c: 'deep' } },
    title: 'One',
  }),
  tenant: tenantValue('tenant:acme' as ResourceId, { plan: 'gold', seats: 5 }),
  message: { before: null, after },
  context: { ip: '10.0.0.1', count: 2 },
  lookup: (id) => people[id],
}

const verdict = (outcome: Outcome) => (typeof outcome === 'boolean' ? outcome : 'error')
const ours = (text: string, within = scope, declarations = free) =>
  verdict(compileCondition(text, declarations).evaluate(within))
const theirs = (text: string, within = scope) =>
  oracle(text, within, (id) => {
    const found = people[id]
    return found && foundValue(id, found)
  })

/** Every condition here runs in both libraries. */
const agreed: Record<string, true | false | 'error'> = {
  true: true,
  false: false,
  '!true': false,
  'subject.id == "ada"': true,
  'subject.anonymous': false,
  '!subject.anonymous': true,
  'resource.id == "desk:one" && resource.type == "desk" && resource.key == "one"': true,
  'tenant.id == "tenant:acme" && tenant.key == "acme"': true,
  // Numbers as people expect them.
  'subject.age >= 18': true,
  'subject.age > 18': false,
  'subject.age == 18': true,
  '18 == subject.age': true,
  'subject.age != 18': false,
  'subject.age < 18.5': true,
  '1 == 1.0 && 1.0 == 1 && 1 != 1.5 && 1.5 != 1': true,
  // What JavaScript would take for a key, a member or an equal.
  'subject.flags[["red"]]': 'error',
  'subject.flags[message.after.data.nested]': 'error',
  'subject.numbers[1]': 'error',
  'subject.numbers[true]': 'error',
  '1 in subject.numbers || true in subject.numbers || subject.age in subject.numbers': false,
  '["red"] in subject.flags': 'error',
  'subject.numbers == subject.inherited': false,
  'subject.inherited == subject.numbers': false,
  'subject.numbers in [subject.inherited]': false,
  'subject.mixed == ["1", "a", "true", "null"]': false,
  'subject.mixed[0] == 1 && subject.mixed[1] == "a"': true,
  'null in subject.flags': 'error',
  '1 in subject.flags': false,
  // Nothing written out.
  'subject.colours == []': false,
  '[] == subject.colours || {} == resource.grid': false,
  '[] == [] && {} == {} && size([]) == 0': true,
  'subject.colours.filter(c, c == "blue") == []': true,
  '1 in [] || "a" in {} || subject.age in []': false,
  'subject.score > 1': true,
  'size(subject.colours) < 3': true,
  'subject.colours.size() == 2': true,
  'size(resource.title) == 3': true,
  'size(resource.grid) == 2': true,
  '3 in message.after.data.list': true,
  '4 in message.after.data.list': false,
  'subject.age in [17, 18]': true,
  'message.after.data.n == resource.floor': true,
  'message.after.data.n <= tenant.seats': true,
  '1 + 1 == 2': true,
  '7 / 2 == 3 && 7 % 2 == 1': true,
  '1.5 * 2.0 == 3.0': true,
  '1 / 0 == 1': 'error',
  'subject.age + 1.0 == 19.0': true,
  'double(subject.age) + 1.0 > 18.0 && int(subject.age) + 1 == 19': true,
  'string(18) == "18"': true,
  // Words, lists, objects.
  '"red" in subject.colours': true,
  'message.after.data.colour in subject.colours': true,
  'subject.flags[message.after.data.colour]': true,
  'subject.flags[message.after.data.colour] == true': true,
  'subject.flags.green': false,
  'subject.flags.blue': 'error',
  'subject.flags.blue == true': false,
  'subject.flags.purple': 'error',
  'subject.flags.purple == true': 'error',
  'subject.flags["purple"]': 'error',
  '"purple" in subject.flags && subject.flags.purple': false,
  'has(subject.flags.purple)': false,
  'has(subject.flags.red) && subject.flags.red': true,
  'has(subject.nowhere)': false,
  'has(subject.nowhere.at.all)': 'error',
  'resource.tags.exists(tag, tag == "quiet")': true,
  'resource.tags.all(tag, tag.size() > 4)': true,
  'resource.tags.exists_one(tag, tag.startsWith("s"))': true,
  'resource.tags.filter(tag, tag.endsWith("h")).size() == 1': true,
  'resource.tags.map(tag, tag + "!") == ["quiet!", "south!"]': true,
  'resource.grid.exists(key, key == "b")': true,
  'resource.grid.b.c == "deep"': true,
  'message.after.data.nested.deep[0].x == 1': true,
  'message.after.data.list[7] == 1': 'error',
  'message.after.data.list.all(n, n > 0)': true,
  'message.after.data.list.exists(n, n > 2)': true,
  '[1, 2] == [1, 2] && {"a": 1} == {"a": 1}': true,
  '"a" in subject.mixed && true in subject.mixed && null in subject.mixed': true,
  'message.after.data.colour.contains("e")': true,
  'message.after.data.colour.upperAscii() == "RED" && "RED".lowerAscii() == "red"': true,
  'message.after.data.text.matches("^(a+)+$")': false,
  'message.after.data.text.matches("^a+!$")': true,
  'message.after.data.n.matches("1")': 'error',
  // Null, nothing and the wrong kind.
  'subject.nothing == null': true,
  'subject.nothing == 1': false,
  'subject.nothing': 'error',
  'subject.nothing.x': 'error',
  'subject.nowhere': 'error',
  'subject.nowhere == null': 'error',
  'subject.age': 'error',
  'subject.id': 'error',
  'resource.grid': 'error',
  'subject.age ? true : false': 'error',
  'subject.age < "18"': 'error',
  'subject.age == "18"': false,
  'message.before == null': true,
  'message.before.name == "paint"': 'error',
  'message.before == null || message.before.clientId == subject.id': true,
  'message.after.clientId == subject.id && message.after.name == "paint"': true,
  'message.after.headers.tone == "calm"': true,
  'message.after.headers.mood == "calm"': 'error',
  'context.ip.startsWith("10.") && context.count < 3': true,
  'context.nope': 'error',
  // An error on one side of a word that the other side settles.
  'subject.nowhere || true': true,
  'true || subject.nowhere': true,
  'subject.nowhere || false': 'error',
  'subject.nowhere && false': false,
  'subject.nowhere && true': 'error',
  '[1, 2].exists(n, n == 2 || subject.nowhere)': true,
  '[1, 2].all(n, n == 2 && subject.nowhere)': false,
  'subject.age > 99 ? subject.nowhere : true': true,
  // Look-ups.
  'lookup(subject.boss).id == "bob"': true,
  'lookup(subject.boss).age > subject.age': true,
  'lookup(lookup(subject.boss).boss).id == "cy"': true,
  '!lookup("user:bob").anonymous': true,
  'lookup("desk:two").owner == subject.id && lookup("desk:two").key == "two"': true,
  'lookup("user:nobody").age > 1': 'error',
  'lookup("user:nobody").age > 1 || true': true,
  'lookup(subject.age).age > 1': 'error',
  // Names inside hide those outside.
  'resource.tags.all(subject, subject != "ada")': true,
  // What objects have without being told.
  'has(resource.toString) || has(resource.constructor) || has(resource.__proto__)': false,
  'resource.toString == null': 'error',
  'resource.__proto__ == null': 'error',
}

/** Where we know that the two differ, and whom we follow. */
const gaps: Record<string, { ours: Verdict; theirs: Verdict }> = {
  // The specification: a key is there whatever it holds. The other library takes null for absent.
  'has(subject.nothing)': { ours: true, theirs: false },
  '"nothing" in subject': { ours: true, theirs: false },
  // What can never hold by its types is refused when it is written, instead of being false.
  '"18" in [18]': { ours: 'error', theirs: false },
  '18 == "18"': { ours: 'error', theirs: false },
  // The other library takes false for 0.
  'subject.mixed[false] == 1': { ours: 'error', theirs: true },
  // An object with a field of this name is an error to the library, whoever sent it.
  'subject.poisoned.red': { ours: 'error', theirs: true },
  // Outside our subset.
  'type(subject.id) == string': { ours: 'error', theirs: true },
  'b"a" == b"a"': { ours: 'error', theirs: true },
  '1u == 1u': { ours: 'error', theirs: true },
  'timestamp("2026-01-01T00:00:00Z") < timestamp("2026-01-02T00:00:00Z")': {
    ours: 'error',
    theirs: true,
  },
  'message.after.data.text.matches(message.after.data.colour)': { ours: 'error', theirs: false },
}

describe('conditions', () => {
  test.each(Object.entries(agreed))('[PO61] `%s`', (text, expected) => {
    expect({ ours: ours(text), theirs: theirs(text) }).toEqual({ ours: expected, theirs: expected })
  })

  test.each(Object.entries(gaps))('[PO61] known to differ: `%s`', (text, expected) => {
    expect({ ours: ours(text), theirs: theirs(text) }).toEqual(expected)
  })

  test('[PO60] only true is true, and an error is words', () => {
    const outcome = (text: string) => compileCondition(text, free).evaluate(scope)
    expect(outcome('subject.flags.purple')).toEqual({ error: 'there is no `purple`' })
    expect(outcome('subject.id')).toEqual({ error: 'the condition gives neither true nor false' })
    const { message: _, context: _1, ...standing } = scope
    expect(compileCondition('message.after == null', free).evaluate(standing)).toEqual({
      error: '`message` is not given',
    })
    expect(compileCondition('context.ip == ""', free).evaluate(standing)).toEqual({
      error: '`context` is not given',
    })
  })

  test('[PO60] an expression that cannot be used errs whenever it is asked', () => {
    for (const text of ['', '1 +', 'foo', 'subject.x.y(', 'size()', '"a" + 1', '1 + 1']) {
      expect(ours(text), text).toBe('error')
    }
  })

  test('[PO60] nothing throws, whatever the text and the values', () => {
    const word = fc.constantFrom(
      ...[
        'subject',
        '.',
        'age',
        '(',
        ')',
        '[',
        ']',
        '==',
        '"a"',
        '1',
        '||',
        '&&',
        '!',
        'has',
        'in',
      ],
      ...['message', 'after', 'data', 'lookup', ',', 'exists', 'x', '?', ':', 'null', '1.5', '-'],
    )
    const texts = fc.array(word, { maxLength: 14 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(texts, fc.jsonValue({ maxDepth: 3 }), (text, data) => {
        const within = {
          ...scope,
          message: { before: null, after: { ...after, data: data as MessageState['data'] } },
        }
        const outcome = compileCondition(text, free).evaluate(within)
        expect(typeof outcome === 'boolean' || typeof outcome.error === 'string').toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('[PO61] both libraries agree over values of every kind', () => {
    const texts = fc.constantFrom(
      ...['message.after.data == subject.age', 'message.after.data < subject.age'],
      ...['message.after.data.a == 1', 'message.after.data in subject.mixed'],
      ...['1 in message.after.data', '"a" in message.after.data', 'has(message.after.data.a)'],
      ...['message.after.data.all(x, x == 1)', 'message.after.data.exists(x, x == "a")'],
      ...['size(message.after.data) > 1', 'message.after.data == null', 'message.after.data'],
      ...['message.after.data ? true : false', 'subject.flags[message.after.data]'],
      ...['message.after.data.a.b == message.after.data.a.c', '!message.after.data'],
      ...['message.after.data[0] == 1', 'subject.numbers[message.after.data]'],
      ...['message.after.data in subject.flags', 'message.after.data == subject.numbers'],
      ...['message.after.data in message.after.data', '[message.after.data] == [1.0]'],
      ...[
        'message.after.data.a == message.after.data',
        'message.after.data.a < message.after.data.b',
      ],
    )
    const leaf = fc.constantFrom<unknown>(1, 0, -1, 1.5, 18, 'a', 'red', '', true, false)
    const orNull = fc.oneof(leaf, fc.constant(null))
    const data = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(fc.oneof(tie('value'), orNull), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '1', 'red', 'true'), tie('value'), { maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(texts, data, (text, value) => {
        const message = { before: null, after: { ...after, data: value as MessageState['data'] } }
        const within = { ...scope, message }
        expect(ours(text, within)).toBe(theirs(text, within))
      }),
      { numRuns: 500 },
    )
  })
})

describe('whole numbers', () => {
  test('[PO62] an attribute declared `int` counts as one, also in sums and when looked up', () => {
    expect(ours('subject.age + 1 == 19', scope, strict)).toBe(true)
    expect(ours('subject["age"] + 1 == 19', scope, strict)).toBe(true)
    expect(ours('lookup("user:bob").age + 1 == 51', scope, strict)).toBe(true)
    expect(ours('subject.age + 1 == 19', scope, free)).toBe('error')
    const half = { ...scope, subject: { ...scope.subject, age: 1.5 } }
    expect(ours('subject.age + 1 > 0', half, strict)).toBe('error')
    expect(ours('subject.age >= 1', half, strict)).toBe(true)
    for (const text of [
      'subject.score == 1',
      'subject.score != subject.age',
      'subject.age == 1.0',
    ]) {
      expect(checkCondition(text, strict, true), text).toEqual([])
    }
  })
})

describe('what is read', () => {
  const reads = (text: string) => compileCondition(text, free).reads
  test('[PO63] attributes are known by name, all of them if the name is not', () => {
    expect(reads('subject.age > 1 && resource["tags"].size() > tenant.seats')).toEqual({
      subject: ['age'],
      resource: ['tags'],
      tenant: ['seats'],
      lookup: false,
      message: false,
      context: false,
    })
    expect(reads('has(subject.x) && subject.y == subject.id').subject).toEqual(['id', 'x', 'y'])
    expect(reads('subject[resource.key] == 1')).toMatchObject({ subject: ['*'], resource: ['key'] })
    expect(reads('resource == subject')).toMatchObject({ subject: ['*'], resource: ['*'] })
    expect(reads('[1].all(subject, subject == 1)').subject).toEqual([])
    expect(reads('lookup(subject.boss).age > 1')).toMatchObject({ subject: ['boss'], lookup: true })
  })

  test('[PO63] what reads message or context is not stable', () => {
    const isStable = (text: string) => compileCondition(text, free).isStable
    expect(isStable('subject.a == resource.b && tenant.c == lookup("user:x").d')).toBe(true)
    expect(isStable('subject.a && message.after.name == "x"')).toBe(false)
    expect(isStable('context.a')).toBe(false)
    expect(isStable('[1].exists(message, message == 1)')).toBe(true)
  })
})

describe('limits', () => {
  const messages = (text: string) => checkCondition(text, free, false).map((one) => one.message)
  test('[PO64] length and depth', () => {
    expect(messages(`true ${'|| true '.repeat(120)}`)).toEqual([])
    expect(messages(`true ${'|| true '.repeat(125)}`)).toEqual([
      'the condition is longer than 1000 characters',
    ])
    expect(messages(`${'('.repeat(31)}true${')'.repeat(31)}`)).toEqual([])
    expect(messages(`${'('.repeat(32)}true${')'.repeat(32)}`)).toEqual([
      'not a valid condition: exceeded maxDepth (32)',
    ])
  })

  test('[PO64] at most ten things are looked up, the same one twice counts once', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => `lookup("user:${i}").ok`).join(' && ')
    const everyone = { ...scope, lookup: () => ({ ok: true }) }
    expect(ours(many(10), everyone)).toBe(true)
    expect(ours(many(11), everyone)).toBe('error')
    expect(ours(`${many(10)} && ${many(10)}`, everyone)).toBe(true)
    expect(ours(`(${many(11)}) || true`, everyone)).toBe('error')
  })

  test('[PO64] look-ups stand inside each other five deep, by whatever name', () => {
    const deep = (count: number) =>
      `${'lookup('.repeat(count)}subject.boss${').boss'.repeat(count)} == "user:cy"`
    expect(ours(deep(5))).toBe(true)
    expect(ours(deep(6))).toBe('error')
    expect(messages(deep(6))).toEqual(['more than 5 look-ups stand inside each other'])
    const hidden = `[${deep(5).replace(' == "user:cy"', '')}].all(x, lookup(x).age > 1)`
    expect(messages(hidden)).toEqual(['more than 5 look-ups stand inside each other'])
  })

  test('[PO64] work is bounded, and no word of the expression makes the bound true', () => {
    const list = Array.from({ length: 2_000 }, (_, i) => i)
    const within = {
      ...scope,
      message: { before: null, after: { ...after, data: { list, text: 'a'.repeat(100_000) } } },
    }
    const walk = 'message.after.data.list'
    expect(ours(`${walk}.all(x, x >= 0)`, within)).toBe(true)
    for (const text of [
      `${walk}.all(x, ${walk}.all(y, y >= 0))`,
      `${walk}.map(x, ${walk}.map(y, y)).size() > 0`,
      `${walk}.all(x, x in ${walk})`,
      `${walk}.all(x, message.after.data.text.matches("^a*$"))`,
      'message.after.data.text.matches("a")',
    ]) {
      expect(compileCondition(text, free).evaluate(within), text).toEqual({
        error: 'the condition takes too many steps',
      })
      expect(ours(`(${text}) || true`, within)).toBe('error')
      expect(ours(`!(${text} && false)`, within)).toBe('error')
    }
  })

  test('[PO66] a pattern takes time in line with the text', () => {
    const text = `${'a'.repeat(30_000)}!`
    const within = { ...scope, message: { before: null, after: { ...after, data: text } } }
    expect(ours('message.after.data.matches("^(a|aa)+$")', within)).toBe(false)
    expect(ours('message.after.data.matches("(?i)A!$")', within)).toBe(true)
    expect(messages('"a".matches(subject.id)')).toEqual(['the pattern is no plain text'])
    expect(messages('"a".matches("(?=a)")')).toEqual(['`(?=a)` is not a valid pattern'])
  })
})

describe('what may be written', () => {
  const problems = (text: string, declarations = strict, isStable = false) =>
    checkCondition(text, declarations, isStable)
  test.each([
    ['1 +', 3, 'not a valid condition: unexpected token: EOF'],
    ['foo.bar == 1', 0, '`foo` is not a variable here'],
    ['subject.id == user.id', 14, '`user` is not a variable here'],
    ['now > 1', 0, '`now` is not a variable here'],
    ['timestamp("2026-01-01T00:00:00Z") == x', 0, '`timestamp()` is not a function here'],
    ['"a".split("b").size() == 1', 0, '`split()` is not a method here'],
    ['cel.bind(x, 1, x == 1)', 0, '`cel` is not a variable here'],
    ['message.now == null', 0, '`now` is not a part of `message` here'],
    ['message.after.colour == 1', 0, '`colour` is not a part of a message here'],
    ['b"a" == b"a"', 0, 'bytes and unsigned numbers are not known here'],
    ['1u == 1u', 0, 'bytes and unsigned numbers are not known here'],
    ['subject.height > 1', 0, '`height` is not a declared attribute of `subject`'],
    ['has(resource.colour)', 4, '`colour` is not a declared attribute of `resource`'],
    ['tenant.size == 1', 0, '`size` is not a declared attribute of `tenant`'],
    ['resource.floor == "three"', 0, 'not a valid condition: no such overload: int == string'],
    ['resource.open > 1', 0, 'not a valid condition: no such overload: bool > int'],
    ['resource.floor + 1', 0, 'the condition gives `int`, not true or false'],
    ['resource.floor', 0, 'the condition gives `int`, not true or false'],
    ['"a"', 0, 'the condition gives `string`, not true or false'],
    ['1 + "a" == 2', 0, 'not a valid condition: no such overload: int + string'],
  ])('[PO67] `%s` is refused at its place', (text, at, message) => {
    const [first] = problems(text)
    expect(first).toMatchObject({ at, message })
    expect(first?.remedy).toMatch(/^[a-z]/)
  })

  test('[PO67] declared and displayed attributes are fine', () => {
    for (const text of [
      'subject.age > 18 && resource.floor == 3 && resource.open',
      'resource.title == "x" && subject.name == "y" && subject.verified',
      'resource.extra == "a" || resource.extra == 1',
      'resource.grid.a == 1 && "x" in resource.tags',
      'subject.score > 1 && subject.colours.exists(c, c == message.after.data.colour)',
      'resource[context.which] == 1',
      'resource.open',
    ]) {
      expect(problems(text), text).toEqual([])
    }
  })

  test('[PO67] a derivation may read stored facts only', () => {
    expect(problems('message.after == null', strict, true)).toMatchObject([
      { at: 0, message: '`message` is not known when roles are derived' },
    ])
    expect(problems('context.x', strict, true)).toHaveLength(1)
    expect(problems('subject.age > 1', strict, true)).toEqual([])
  })
})

test('[PO65] people and resources show their names, whatever their attributes say', () => {
  const forged = { id: 'root', anonymous: true, type: 'x', key: 'y', age: 1 }
  expect(subjectValue('user:a:b' as SubjectId, forged)).toEqual({
    ...forged,
    id: 'a:b',
    anonymous: false,
  })
  expect(subjectValue(ANONYMOUS, {})).toEqual({ id: '', anonymous: true })
  expect(resourceValue('desk:a:b' as ResourceId, forged)).toMatchObject({
    id: 'desk:a:b',
    type: 'desk',
    key: 'a:b',
  })
  expect(tenantValue('tenant:acme' as ResourceId, forged)).toMatchObject({
    id: 'tenant:acme',
    key: 'acme',
  })
})
