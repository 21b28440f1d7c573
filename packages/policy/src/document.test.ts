import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { house } from '../test/worlds.ts'
import { PolicyInvalid, type PolicyProblem, parsePolicy, policySchema } from './document/index.ts'
import type { Operation } from './operation.ts'
import { isOperation } from './operation.ts'
import { compilePolicy, TENANT_TYPE } from './policy.ts'
import { typeOf } from './tuple.ts'

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
  roles: { boss: { can: { team: ['*'] } } }
types:
  team:
    channels: 'team:{key}'
    actions: [subscribe, publish] # what one can do
    roles:
      listener: &l { can: [subscribe] }
      speaker: { extends: [listener], can: [publish] }
seed:
  resources:
    team:lobby: { title: Lobby, order: 1, quiet: true }
`

describe('reading', () => {
  test('[PO46] YAML and JSON give the same document', () => {
    const document = parsePolicy(yaml)
    expect(document.types.team?.channels).toBe('team:{key}')
    expect(document.seed?.resources).toEqual({
      'team:lobby': { title: 'Lobby', order: 1, quiet: true },
    })
    expect(parsePolicy(JSON.stringify(document))).toEqual(document)
    expect(parsePolicy(JSON.stringify(document, null, '\t'))).toEqual(document)
    expect(parsePolicy(JSON.stringify(house))).toEqual(house)
  })

  test('[PO46] aliases stand for what they repeat', () => {
    const text = yaml.replace('speaker: { extends', 'guest: *l\n      speaker: { extends')
    expect(parsePolicy(text).types.team?.roles.guest).toEqual({ can: ['subscribe'] })
  })

  test('[PO46] a byte order mark and Windows line ends do no harm', () => {
    expect(parsePolicy(`\uFEFF${yaml.replaceAll('\n', '\r\n')}`)).toEqual(parsePolicy(yaml))
  })
})

describe('problems', () => {
  test('[PO47] come all at once, in order, with place and remedy', () => {
    const text = [
      'version: 2',
      'tenant: { key: a b, roles: {} }',
      'types:',
      '  team:',
      '    actions: [publish]',
      '    roles:',
      '      speaker: { can: [publish, fly], extend: [x] }',
      'settings: { home: team:lobby }',
    ].join('\n')
    expect(
      problemsOf(text).map(({ remedy, ...rest }) => (remedy.length > 0 ? rest : 'no remedy')),
    ).toEqual([
      { line: 1, column: 10, path: 'version', message: '`2` is not a valid version' },
      { line: 2, column: 16, path: 'tenant.key', message: '`a b` is not a valid tenant key' },
      {
        line: 7,
        column: 33,
        path: 'types.team.roles.speaker.can[1]',
        message: '`fly` is not an action of `team`',
      },
      {
        line: 7,
        column: 39,
        path: 'types.team.roles.speaker.extend',
        message: '`extend` is not known here',
      },
      {
        line: 8,
        column: 19,
        path: 'settings.home',
        message: '`team` governs no channels, so nobody can land there',
      },
    ])
  })

  test('[PO47] of the syntax stand where the text goes wrong', () => {
    const [first] = problemsOf('version: 1\ntenant: { key: a\ntypes: {}\n')
    expect(first).toMatchObject({ line: 3, message: expect.stringMatching(/^not valid YAML: /) })
    expect(() => parsePolicy('a: [')).toThrow(/^line 1, column 5: not valid YAML/)
  })

  /** One edit of a valid document, and what it leads to. */
  const edits: [string, string | RegExp, string, string][] = [
    ['an unknown key', 'seed:', 'sead:', 'sead: `sead` is not known here'],
    ['a missing key', 'version: 1', '', ': `version` is missing'],
    ['a version as text', 'version: 1', "version: '1'", 'version: `1` is not a valid version'],
    [
      'nothing as list',
      '[subscribe, publish] #',
      '#',
      'types.team.actions: nothing is not a valid list of actions',
    ],
    [
      'a list as map',
      "{ team: ['*'] }",
      "['*']",
      'tenant.roles.boss.can: a list is not a valid actions by resource type',
    ],
    [
      'a map as text',
      "'team:{key}'",
      '{}',
      'types.team.channels: an object is not a valid channel pattern',
    ],
    [
      'a bad role name',
      'speaker:',
      'spea.ker:',
      'types.team.roles.spea.ker: `spea.ker` is not a valid role name',
    ],
    [
      'a hostile role name',
      'speaker:',
      '__proto__:',
      'types.team.roles.__proto__: `__proto__` is not a valid role name',
    ],
    [
      'an unknown action',
      'can: [publish]',
      'can: [shout]',
      'types.team.roles.speaker.can[0]: `shout` is not an action of `team`',
    ],
    [
      'an inherited word',
      'can: [publish]',
      'can: [toString]',
      'types.team.roles.speaker.can[0]: `toString` is not an action of `team`',
    ],
    [
      'a star beside',
      'can: [publish]',
      "can: [publish, '*']",
      'types.team.roles.speaker.can[1]: `*` stands beside other actions',
    ],
    [
      'an action twice',
      'can: [publish]',
      'can: [publish, publish]',
      'types.team.roles.speaker.can[1]: `"publish"` is listed twice',
    ],
    [
      'an action listed twice',
      '[subscribe, publish]',
      '[subscribe, publish, subscribe]',
      'types.team.actions[2]: `"subscribe"` is listed twice',
    ],
    [
      'a star as action',
      '[subscribe, publish]',
      "[subscribe, publish, '*']",
      'types.team.actions[2]: `*` is not a valid action name',
    ],
    [
      'an unknown parent',
      'extends: [listener]',
      'extends: [chair]',
      'types.team.roles.speaker.extends[0]: `chair` is not a role of this document',
    ],
    [
      'a circle of one',
      'extends: [listener]',
      'extends: [speaker]',
      'types.team.roles.speaker.extends: the role inherits from itself: `speaker` → `speaker`',
    ],
    [
      'an unknown type',
      "can: { team: ['*'] }",
      "can: { boat: ['*'] }",
      'tenant.roles.boss.can.boat: `boat` is not a resource type of this document',
    ],
    [
      'an unknown tenant action',
      "team: ['*']",
      'team: [fly]',
      'tenant.roles.boss.can.team[0]: `fly` is not an action of `team`',
    ],
    [
      'no key in the pattern',
      'team:{key}',
      'team:',
      'types.team.channels: `team:` is not a valid channel pattern',
    ],
    [
      'two keys in the pattern',
      'team:{key}',
      '{key}:{key}',
      'types.team.channels: `{key}:{key}` is not a valid channel pattern',
    ],
    [
      'another word in the pattern',
      'team:{key}',
      'team:{id}',
      'types.team.channels: `team:{id}` is not a valid channel pattern',
    ],
    [
      'a meta pattern',
      'team:{key}',
      '[meta]{key}',
      'types.team.channels: `[meta]{key}` names special channels',
    ],
    [
      'a pattern of rooms',
      'team:{key}',
      '{key}::$chat',
      'types.team.channels: `{key}::$chat` names special channels',
    ],
    [
      'a malformed resource',
      'team:lobby:',
      'lobby:',
      'seed.resources.lobby: `lobby` is not a valid resource',
    ],
    [
      'an unknown seed type',
      'team:lobby:',
      'boat:lobby:',
      'seed.resources.boat:lobby: `boat` is not a resource type of this document',
    ],
    [
      'a tenant of what is not seeded',
      'seed:\n',
      'seed:\n  tenants: { team:nowhere: tenant:acme }\n',
      'seed.tenants.team:nowhere: `team:nowhere` is not seeded',
    ],
    [
      'a tenant that is not seeded',
      'seed:\n',
      'seed:\n  tenants: { team:lobby: tenant:other }\n',
      'seed.tenants.team:lobby: `tenant:other` is no tenant here',
    ],
    [
      'a tenant in a tenant',
      'seed:\n',
      'seed:\n  tenants: { tenant:acme: tenant:acme }\n',
      'seed.tenants.tenant:acme: a tenant is in no other',
    ],
    [
      'an attribute nested too deeply',
      'order: 1',
      'order: [[[[[[[[[1]]]]]]]]]',
      'seed.resources.team:lobby.order: `order` is nested more than 8 levels deep',
    ],
    [
      'an infinite attribute',
      'order: 1',
      'order: .inf',
      'seed.resources.team:lobby.order: this is no plain value',
    ],
    ['a key twice', 'version: 1', 'version: 1\nversion: 1', 'version: `version` is given twice'],
    [
      'a key twice in a row',
      'title: Lobby',
      'title: Lobby, title: Hall',
      'seed.resources.team:lobby.title: `title` is given twice',
    ],
    ['a map as key', 'version: 1', 'version: 1\n? { a: b }\n: c', ': this key is no text'],
  ]
  test.each(edits)('[PO48] %s', (_, from, to, expected) => {
    const text = yaml.replace(from, to)
    expect(text).not.toBe(yaml)
    expect(messages(text)).toContain(expected)
  })

  test('[PO48] a circle of many is told from each of its roles', () => {
    const roles = {
      a: { extends: ['b'] },
      b: { extends: ['c'] },
      c: { extends: ['a'] },
      d: { extends: ['a'] },
    }
    const text = JSON.stringify({ ...house, tenant: { key: 'acme', roles } })
    expect(messages(text).filter((message) => message.includes('inherits'))).toEqual([
      'tenant.roles.a.extends: the role inherits from itself: `a` → `b` → `c` → `a`',
      'tenant.roles.b.extends: the role inherits from itself: `b` → `c` → `a` → `b`',
      'tenant.roles.c.extends: the role inherits from itself: `c` → `a` → `b` → `c`',
    ])
  })

  const type = (channels: string) => ({ channels, actions: ['a'], roles: {} })
  test.each([
    ['team:{key}', 'team:{key}', true],
    ['{key}', 'team:{key}', true],
    ['team:x{key}', 'team:{key}', true],
    ['team:{key}', 'team:{key}:live', true],
    ['team:{key}', '{key}:live', true],
    ['team:{key}', 'note:{key}', false],
    ['{key}:a', '{key}:b', false],
    ['team:{key}:a', 'team:{key}:b', false],
  ])('[PO48] `%s` beside `%s` governs the same channels: %s', (one, two, expected) => {
    const text = JSON.stringify({
      version: 1,
      tenant: { key: 'x', roles: {} },
      types: { one: type(one), two: type(two) },
    })
    const told = messages(text).includes(
      'types.two.channels: `two` and `one` would govern the same channels',
    )
    expect(told).toBe(expected)
  })

  test('[PO48] the tenant as a type has no channels and no roles of its own', () => {
    const text = JSON.stringify({
      version: 1,
      tenant: { key: 'x', roles: {} },
      types: { tenant: { channels: 't:{key}', actions: ['invite'], roles: { host: {} } } },
    })
    expect(messages(text)).toEqual([
      'types.tenant.channels: the tenant governs no channels',
      'types.tenant.roles.host: `host` has another place',
    ])
  })

  test('[PO48] a restraint on the tenant gives a role of the tenant', () => {
    const types = { ...house.types, tenant: { actions: ['rule'], roles: {} } }
    const on = (gives: string) => {
      const settings = { restraints: [{ type: 'tenant', action: 'rule', gives }] }
      return messages(JSON.stringify({ ...house, types, settings }))
    }
    expect(on('boss')).toEqual([])
    expect(on('speaker')).toEqual([
      'settings.restraints[0].gives: `speaker` is not a role of this document',
    ])
  })

  describe('support conversations', () => {
    const desk = { type: 'talk', visitor: 'guest', assigned: 'agent', joined: 'helper' }
    const types = {
      talk: {
        channels: 'talk:{key}',
        actions: ['subscribe'],
        roles: { guest: {}, agent: {}, helper: {} },
      },
      mute: { actions: ['subscribe'], roles: { guest: {}, agent: {}, helper: {} } },
    }
    const said = (more: object) =>
      messages(
        JSON.stringify({
          ...house,
          types: { ...house.types, ...types },
          settings: { desk: { ...desk, ...more } },
        }),
      )

    test('[PO402] are of a type with channels, each part a role of its own', () => {
      expect(said({})).toEqual([])
      expect(said({ type: 'mute' })).toEqual([
        'settings.desk.type: `mute` governs no channels, so nobody can talk there',
      ])
      expect(said({ type: 'boat' })).toEqual([
        'settings.desk.type: `boat` is not a resource type of this document',
      ])
      expect(said({ joined: 'agent' })).toEqual([
        'settings.desk.joined: `agent` stands for another part already',
      ])
      expect(said({ watching: 'nobody' })).toEqual([
        'settings.desk.watching: `nobody` is not a role of this document',
      ])
    })

    test('[PO403] say whole numbers within bounds', () => {
      expect(said({ capacity: 1, offline_after: 1, requeue_after: 0 })).toEqual([])
      for (const [name, wrong] of [
        ['capacity', 0],
        ['capacity', 101],
        ['offline_after', 0],
        ['offline_after', 604_801],
        ['requeue_after', -1],
        ['requeue_after', 1.5],
      ] as const)
        expect(said({ [name]: wrong }).length).toBe(1)
    })
  })

  test('[PO48] settings speak of known roles on known resources', () => {
    const settings = {
      home: 'boat:x',
      sign_in: [
        { role: 'nobody', on: 'team:lobby' },
        { role: 'guest', on: 'tenant:other' },
        { role: 'speaker', on: 'boat:x' },
        { role: 'speaker', on: 'tenant:acme' },
        { on: 'team:lobby', role: 'speaker' },
        { role: 'speaker', on: 'team:lobby' },
        { role: 'speaker' },
      ],
      owner: [{ role: 'boss', on: 'acme' }],
      promotions: [
        {
          type: 'team',
          gives: 'chair',
          replaces: 'nobody',
          also: [{ role: 'x', on: 'team:lobby' }],
        },
        { type: 'team', gives: 'speaker', replaces: 'speaker' },
        { type: 'boat', gives: 'a', replaces: 'b' },
      ],
    }
    expect(messages(JSON.stringify({ ...house, settings }))).toEqual([
      'settings.home: `boat` is not a resource type of this document',
      'settings.sign_in[0].role: `nobody` is not a role of this document',
      'settings.sign_in[1].on: `tenant:other` is not the tenant of this document',
      'settings.sign_in[2].on: `boat` is not a resource type of this document',
      'settings.sign_in[3].role: `speaker` is not a role of this document',
      'settings.sign_in[5]: `[["on","team:lobby"],["role","speaker"]]` is listed twice',
      'settings.sign_in[6]: `on` is missing',
      'settings.owner[0].on: `acme` is not a valid resource',
      'settings.promotions[0].replaces: `nobody` is not a role of this document',
      'settings.promotions[0].also[0].role: `x` is not a role of this document',
      'settings.promotions[1].type: `team` has a promotion already',
      'settings.promotions[1].gives: the promotion gives the role it replaces',
      'settings.promotions[2].type: `boat` is not a resource type of this document',
    ])
  })
})

describe('hostile texts', () => {
  const bomb = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join(
    '\n',
  )
  test.each([
    ['nothing', '', 'the document is empty'],
    ['only comments', '# a\n# b\n', 'the document is empty'],
    ['a plain text', 'hello', '`hello` is not a valid policy document'],
    ['a list', '[]', 'a list is not a valid policy document'],
    ['two documents', `${yaml}---\na: 1\n`, 'a second document begins here'],
    ['a text too long', `# ${'x'.repeat(1_048_576)}`, 'the document is larger than 1 MiB'],
    ['a text of too many bytes', `# ${'é'.repeat(524_288)}`, 'the document is larger than 1 MiB'],
    ['open lists', '['.repeat(500_000), 'the document is nested too deeply'],
    ['open maps', '{"a":'.repeat(100_000), 'the document is nested too deeply'],
    ['dashes', '- '.repeat(400_000), 'the document is nested too deeply'],
    [
      'stairs',
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}k:`).join('\n'),
      'the document is nested too deeply',
    ],
    ['closing brackets', '}'.repeat(1_000_000), 'the document has too many parts'],
    [
      'many keys',
      Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'the document has too many parts',
    ],
    ['repetition', `a0: &a0 [x]\n${bomb}`, 'the document has too many parts'],
    ['a list in itself', 'a: &a [*a, *a]', 'the document has too many parts'],
    ['an unknown alias', 'version: *x', '`*x` stands for nothing above it'],
  ])('[PO49] %s', (_, text, message) => {
    expect(problemsOf(text).map((problem) => problem.message)).toContain(message)
  })

  test('[PO49] at most a hundred problems are told', () => {
    expect(problemsOf(Array.from({ length: 500 }, (_, i) => `k${i}: 1`).join('\n'))).toHaveLength(
      100,
    )
  })

  const fragment = fc.oneof(
    fc.constantFrom(
      ...yaml.split(/(?<=\W)/),
      '\n',
      '  ',
      '&a ',
      '*a',
      '!!set ',
      '---\n',
      '? ',
      '"',
      "'",
      '|\n',
      '\t',
      '\0',
      '<<: ',
    ),
    fc.string({ maxLength: 4, unit: 'binary' }),
  )
  test('[PO49] pieces of documents in any order end in a document or in problems', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        for (const { line, column } of problemsOf(text)) {
          expect([line >= 1, column >= 1]).toEqual([true, true])
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('[PO49] any JSON in any place ends in a document or in problems', () => {
    const keys = [
      'version',
      'tenant',
      'key',
      'roles',
      'types',
      'team',
      'can',
      'extends',
      'on',
      'also',
      'settings',
      'promotions',
      'sign_in',
      'seed',
      'resources',
    ]
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>(null, 1, true, '*', 'team', 'team:lobby', 'x'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(
        value,
        fc.constantFrom('version', 'tenant', 'types', 'settings', 'seed'),
        (any, key) => {
          const text = JSON.stringify({ ...house, [key]: any })
          if (problemsOf(text).length === 0) compilePolicy(parsePolicy(text))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

const published = new URL('../policy.schema.json', import.meta.url)
test('[PO50] the published schema is the one in the code (UPDATE=1 writes it)', () => {
  if (process.env.UPDATE) writeFileSync(published, `${JSON.stringify(policySchema, null, 2)}\n`)
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(policySchema)
})

describe('the policy of a new app', () => {
  const document = parsePolicy(
    readFileSync(new URL('../../server/default-policy.yaml', import.meta.url), 'utf8'),
  )
  const policy = compilePolicy(document)
  const { settings = {}, seed = {} } = document
  const given = [...(settings.sign_in ?? []), ...(settings.owner ?? [])]
  const seeded = Object.keys(seed.resources ?? {})

  test('[PO51] hands out roles on resources it seeds', () => {
    const also = (settings.promotions ?? []).flatMap((promotion) => promotion.also ?? [])
    for (const { on } of [...given, ...also]) {
      if (typeOf(on) !== TENANT_TYPE) expect(seeded).toContain(on)
    }
    expect(seeded).toContain(settings.home)
  })

  test('[PO51] promotes to a role that includes the one it replaces', () => {
    for (const { type, gives, replaces } of settings.promotions ?? []) {
      const roles = policy.types.get(type)?.roles
      const before = [...(roles?.get(replaces)?.keys() ?? [])]
      const after = [...(roles?.get(gives)?.keys() ?? [])]
      expect(after).toEqual(expect.arrayContaining(before))
      expect(after.length).toBeGreaterThan(before.length)
    }
  })

  test('[PO51] lets the owner do everything everywhere, and a newcomer read where people land', () => {
    // A conversation between a few people is nobody else's.
    const direct = settings.directs?.[0]?.type
    for (const type of policy.types.values()) {
      if (type.name === direct) continue
      const owned = (settings.owner ?? []).flatMap(({ role }) => [
        ...(type.tenantRoles.get(role)?.keys() ?? []),
      ])
      // In a conversation with a visitor also the owner writes only where they came in.
      const isDesk = type.name === settings.desk?.type
      const missing = type.actions.filter((action) => !owned.includes(action))
      const ofThoseInIt = ['publish', 'attach-file', 'presence', 'annotation-publish']
      expect(missing).toEqual(isDesk ? ofThoseInIt : [])
    }
    const atHome = (settings.sign_in ?? []).filter(({ on }) => on === settings.home)
    const can = atHome.flatMap(({ role }) => [
      ...(policy.types
        .get(typeOf(settings.home ?? atHome[0]?.on ?? policy.tenant))
        ?.roles.get(role)
        ?.keys() ?? []),
    ])
    for (const operation of ['subscribe', 'publish', 'history'] satisfies Operation[]) {
      expect(can).toContain(operation)
    }
  })

  test('[PO51] names operations by the words of the wire', () => {
    const known = [...policy.types.values()].flatMap((type) => type.actions.filter(isOperation))
    expect(known.length).toBeGreaterThan(8)
  })
})
