import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse as load } from 'yaml'
import { canonicalPolicy } from './canonical.ts'
import { EditInvalid, editPolicy, type PolicyEdit, parsePolicy } from './document/index.ts'

const text = `# What this is for.
version: 1

tenant:
  key: acme # never changes
  roles: {}

types:
  desk:
    channels: "desk:{key}"
    actions:
      - sit # down
      - speak
    # Who is who.
    roles:
      guest: { can: [sit] } # may listen
      worker:
        title: "Worker"
        extends: [guest]
        can: [speak]

    rules:
      - id: quiet
        forbid: speak
        when: resource.quiet # at night
      # The last word.
      - { forbid: sit, to: [guest] }
`

const set = (path: PolicyEdit['path'], value: unknown): PolicyEdit => ({ path, value })
const desk = (...path: (string | number)[]) => ['types', 'desk', ...path]

/** The lines that differ, old ones with a minus. */
function changed(edits: readonly PolicyEdit[], before = text): string[] {
  const [old, now] = [before.split('\n'), editPolicy(before, edits).split('\n')]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ]
}

describe('YAML', () => {
  test.each<[string, PolicyEdit, string[]]>([
    [
      'a value is replaced',
      set(desk('roles', 'worker', 'title'), 'Colleague'),
      ['-        title: "Worker"', '+        title: Colleague'],
    ],
    [
      'a value in brackets is replaced',
      set(desk('roles', 'guest', 'can', 0), 'speak'),
      ['-      guest: { can: [sit] } # may listen', '+      guest: { can: [speak] } # may listen'],
    ],
    [
      'a value is added to a list in brackets',
      set(desk('roles', 'guest', 'can', 1), 'speak'),
      [
        '-      guest: { can: [sit] } # may listen',
        '+      guest: { can: [sit, speak] } # may listen',
      ],
    ],
    [
      'a field is added in brackets',
      set(desk('roles', 'guest', 'title'), 'A guest'),
      [
        '-      guest: { can: [sit] } # may listen',
        '+      guest: { can: [sit], title: "A guest" } # may listen',
      ],
    ],
    ['a line is added to a list', set(desk('actions', 2), 'clear'), ['+      - clear']],
    [
      'a role is added',
      set(desk('roles', 'chief'), { extends: ['worker'], can: ['*'] }),
      ['+      chief:', '+        extends: [worker]', '+        can: ["*"]'],
    ],
    [
      'a role is added to none',
      set(['tenant', 'roles', 'owner'], { can: { desk: ['sit'] } }),
      ['-  roles: {}', '+  roles: { owner: { can: { desk: [sit] } } }'],
    ],
    [
      'a type is added',
      set(['types', 'hall'], { actions: [], roles: {} }),
      ['+  hall:', '+    actions: []', '+    roles: {}'],
    ],
    [
      'a rule is added',
      set(desk('rules', 2), { allow: 'sit', to: ['worker'], when: 'subject.tall' }),
      ['+      - { allow: sit, to: [worker], when: subject.tall }'],
    ],
    [
      'a field is added to a rule',
      set(desk('rules', 0, 'message'), 'Be quiet, please.'),
      ['+        message: "Be quiet, please."'],
    ],
    [
      'a section is added',
      set(['seed', 'resources', 'desk:one'], { title: 'One' }),
      ['+seed:', '+  resources:', '+    "desk:one":', '+      title: One'].map((line) =>
        line.replace('"desk:one"', 'desk:one'),
      ),
    ],
    [
      'a role is taken away',
      set(desk('roles', 'guest'), undefined),
      ['-      guest: { can: [sit] } # may listen'],
    ],
    [
      'a block is taken away',
      set(desk('roles', 'worker'), undefined),
      [
        '-      worker:',
        '-        title: "Worker"',
        '-        extends: [guest]',
        '-        can: [speak]',
      ],
    ],
    ['a line is taken away', set(desk('actions', 0), undefined), ['-      - sit # down']],
    [
      'the last of a list in brackets is taken away',
      set(desk('roles', 'worker', 'extends', 0), undefined),
      ['-        extends: [guest]', '+        extends: []'],
    ],
    [
      'a rule is taken away',
      set(desk('rules', 1), undefined),
      ['-      - { forbid: sit, to: [guest] }'],
    ],
    ['nothing is taken away where nothing is', set(desk('roles', 'ghost'), undefined), []],
    ['nothing changes by the same value', set(['tenant', 'key'], 'acme'), []],
    [
      'an object is replaced field by field',
      set(desk('roles', 'worker'), { title: 'Worker', extends: [], can: ['speak'] }),
      ['-        extends: [guest]', '+        extends: []'],
    ],
  ])('[PO77] %s, and all else stays as it was written', (_, edit, expected) => {
    expect(changed([edit])).toEqual(expected)
  })

  test('[PO77] several edits are made one after the other', () => {
    const edited = editPolicy(text, [
      set(desk('actions', 2), 'clear'),
      set(desk('roles', 'worker', 'can', 1), 'clear'),
      set(desk('rules', 0), undefined),
    ])
    expect(edited).toContain('# The last word.')
    expect(parsePolicy(edited).types.desk).toMatchObject({
      actions: ['sit', 'speak', 'clear'],
      roles: { worker: { can: ['speak', 'clear'] } },
      rules: [{ forbid: 'sit', to: ['guest'] }],
    })
  })

  test('[PO77] what is repeated by an alias is not changed along', () => {
    const before = text
      .replace('guest: { can: [sit] }', 'guest: &g { can: [sit] }')
      .replace('      worker:', '      twin: *g\n      worker:')
    const edited = parsePolicy(editPolicy(before, [set(desk('roles', 'twin', 'title'), 'Twin')]))
    expect(edited.types.desk?.roles).toMatchObject({
      guest: { can: ['sit'] },
      twin: { can: ['sit'], title: 'Twin' },
    })
    expect(edited.types.desk?.roles.guest).not.toHaveProperty('title')
  })

  test('[PO77] the policy of a new app keeps every comment', () => {
    const whole = readFileSync(new URL('../../server/default-policy.yaml', import.meta.url), 'utf8')
    const [[type] = ['']] = Object.entries(parsePolicy(whole).types)
    const path = ['types', type, 'roles', 'helper']
    const edited = editPolicy(whole, [set(path, { title: 'Helper', can: [] })])
    const comments = (yaml: string) => yaml.match(/#.*/g)
    expect(comments(edited)).toEqual(comments(whole))
    expect(edited.split('\n').length).toBe(whole.split('\n').length + 3)
    expect(editPolicy(edited, [set(path, undefined)])).toBe(whole)
  })
})

describe('JSON', () => {
  test.each([undefined, 2, '\t'])('[PO77] keeps its order and its indentation (%j)', (space) => {
    const document = parsePolicy(text)
    const before = JSON.stringify(document, null, space)
    const edited = editPolicy(before, [set(desk('roles', 'worker', 'title'), 'Colleague')])
    expect(edited).toBe(before.replace('"Worker"', '"Colleague"'))
  })
})

test.each<[string, PolicyEdit]>([
  ['the document itself', set([], {})],
  ['a position beyond the end', set(desk('actions', 3), 'x')],
  ['a position that is none', set(desk('actions', -1), 'x')],
  ['a position to take away at the end', set(desk('actions', 2), undefined)],
  ['a name in a list', set(desk('actions', 'sit'), 'x')],
  ['a field of a text', set(['tenant', 'key', 'x'], 'x')],
  ['a list that is not there', set(desk('messages', 0), 'x')],
])('[PO77] %s is no place for an edit', (_, edit) => {
  expect(() => editPolicy(text, [edit])).toThrow(EditInvalid)
})

const anyValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>('a', 'a b', 'true', '1', '', '- x', '# y', 'é\n', ': ', 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b:c', 'd e', '1', '-'), tie('value'), { maxKeys: 3 }),
  ),
})).value

test('[PO77] whatever is put anywhere, the text means the document with it', () => {
  const paths = fc.constantFrom<(string | number)[]>(
    ...[['version'], ['tenant', 'roles'], ['tenant', 'roles', 'x'], ['new'], ['new', 'deep', 'x']],
    ...[desk('actions'), desk('actions', 0), desk('actions', 1), desk('actions', 2)],
    ...[
      desk('roles'),
      desk('roles', 'guest'),
      desk('roles', 'worker'),
      desk('roles', 'worker', 'can'),
    ],
    ...[desk('roles', 'guest', 'can', 0), desk('rules'), desk('rules', 0), desk('rules', 1)],
    ...[desk('rules', 0, 'when'), desk('rules', 1, 'to'), desk('rules', 2), desk('channels')],
  )
  fc.assert(
    fc.property(paths, fc.option(anyValue, { nil: undefined }), (path, value) => {
      const wanted = structuredClone(parsePolicy(text)) as never
      let edited: string
      try {
        edited = editPolicy(text, [set(path, value)])
      } catch (error) {
        expect(error).toBeInstanceOf(EditInvalid)
        return
      }
      const json = editPolicy(JSON.stringify(wanted), [set(path, value)])
      expect(editPolicy(edited, [set(['mark'], 1)])).toContain('mark')
      expect(meaning(edited)).toEqual(JSON.parse(json))
      if (value !== undefined) expect(edited).toContain('# What this is for.')
    }),
    { numRuns: 200 },
  )
})

/** What a text means, valid policy or not: as JSON, through an edit that changes nothing. */
function meaning(yaml: string): unknown {
  return JSON.parse(JSON.stringify(load(yaml)))
}

test('[PO78] a document has one canonical text, whatever its order and its way of writing', () => {
  const document = parsePolicy(text)
  const turned = JSON.parse(
    JSON.stringify(document, (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ),
  )
  expect(canonicalPolicy(turned)).toBe(canonicalPolicy(document))
  expect(parsePolicy(canonicalPolicy(document))).toEqual(document)
  const other = parsePolicy(editPolicy(text, [set(desk('rules', 0, 'when'), 'true')]))
  expect(canonicalPolicy(other)).not.toBe(canonicalPolicy(document))
})
