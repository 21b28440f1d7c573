// The one table of who may import whom. ARCHITECTURE.md draws the same picture.
const mayImport = {
  policy: [],
  channel: ['policy'],
  protocol: ['policy'],
  store: ['policy', 'channel'],
  server: ['policy', 'channel', 'protocol', 'store'],
  client: ['policy', 'protocol'],
  web: ['policy', 'client'],
  widget: [],
}
const TEST = '(\\.test\\.tsx?$|/test/|/contract/|/scenarios/|/oracle/)'

const directions = Object.entries(mayImport).map(([from, to]) => ({
  name: `direction-${from}`,
  severity: 'error',
  comment: `${from} may import only: ${to.join(', ') || 'nothing of ours'}`,
  from: { path: `^packages/${from}/` },
  to: { path: '^packages/', pathNot: `^packages/(${[from, ...to].join('|')})/` },
}))

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    ...directions,
    rule(
      'pure-core',
      'policy and channel import nothing but packages of ours: no node:, no npm (three named exceptions, one door each)',
      {
        path: '^packages/(policy|channel)/src/',
        pathNot: [
          TEST,
          '^packages/policy/src/condition/(cel|pattern)\\.ts$',
          '^packages/policy/src/document/',
        ],
      },
      { pathNot: '^packages/' },
    ),
    rule(
      'cel-only',
      'the one door to the expression library',
      { path: '^packages/policy/src/condition/cel\\.ts$' },
      { pathNot: ['^packages/policy/', 'node_modules/@marcbachmann/cel-js/'] },
    ),
    rule(
      'patterns-only',
      'the one door to the pattern library',
      { path: '^packages/policy/src/condition/pattern\\.ts$' },
      { pathNot: ['^packages/policy/', 'node_modules/@bufbuild/re2/'] },
    ),
    rule(
      'yaml-only',
      'the one door to the document parser',
      { path: '^packages/policy/src/document/' },
      { pathNot: ['^packages/policy/', 'node_modules/yaml/'] },
    ),
    rule(
      'pure-protocol',
      'protocol adds one schema library and nothing else',
      { path: '^packages/protocol/src/', pathNot: TEST },
      { pathNot: ['^packages/', '(^|/)node_modules/(zod|@msgpack/msgpack)/'] },
    ),
    rule(
      'front-door-only',
      'enter a sibling package through its exports, not its files',
      { path: '^packages/([^/]+)/' },
      {
        path: '^packages/[^/]+/',
        pathNot: [
          '^packages/$1/',
          '^packages/[^/]+/src/index\\.ts$',
          '^packages/policy/src/(document|editing)/index\\.ts$',
          '^packages/store/(src/(memory|sqlite|postgres)/index|contract/suite)\\.ts$',
          '^packages/client/src/(files|manage|react|rooms|server)/index\\.ts$',
        ],
      },
    ),
    rule(
      'store-backends-are-strangers',
      'memory, sqlite and postgres share only the port',
      { path: '^packages/store/src/(memory|sqlite|postgres)/' },
      { path: '^packages/store/src/(memory|sqlite|postgres)/', pathNot: '^packages/store/src/$1/' },
    ),
    rule(
      'only-main-picks-a-backend',
      'the composition root alone knows which backend runs; commands on a data folder look into it themselves',
      {
        path: '^packages/server/src/',
        pathNot: ['^packages/server/src/(main\\.ts$|cli/local/)', TEST],
      },
      { path: '^packages/store/src/(memory|sqlite|postgres)/' },
    ),
    rule(
      'commands-know-no-wire',
      'a command is the same story for every protocol',
      { path: '^packages/server/src/commands/' },
      { path: '^packages/server/src/(wire|rest|main)' },
    ),
    rule(
      'command-line-stands-outside',
      'the command line knows the policy and the public API, nothing of the running server; but for what works on a data folder',
      { path: '^packages/server/src/cli/', pathNot: '^packages/server/src/cli/local/' },
      {
        path: '^packages/(channel|store|server/src)/',
        pathNot: '^packages/server/src/(cli/|policy-version\\.ts$)',
      },
    ),
    rule(
      'wires-are-strangers',
      'adapters meet in commands, never each other',
      { path: '^packages/server/src/(wire/[^/]+|rest)/' },
      { path: '^packages/server/src/(wire/[^/]+|rest)/', pathNot: '^packages/server/src/$1/' },
    ),
    rule(
      'features-are-strangers',
      'chat, admin and desk meet in app/',
      { path: '^packages/web/src/features/([^/]+)/' },
      { path: '^packages/web/src/features/', pathNot: '^packages/web/src/features/$1/' },
    ),
    rule(
      'ui-knows-no-business',
      'ui/ is buttons and tokens',
      { path: '^packages/web/src/ui/' },
      { path: '^packages/(?!web/src/ui/)' },
    ),
    rule(
      'feature-below-app',
      'app composes features; nothing imports app',
      { path: '^packages/web/src/(features|ui)/' },
      { path: '^packages/web/src/app/' },
    ),
    rule(
      'loader-stands-alone',
      "the widget loader runs on strangers' pages: its size is our manners",
      { path: '^packages/widget/src/((loader|shared)/|(index|script)\\.ts$)', pathNot: TEST },
      { pathNot: '^packages/widget/src/(loader|shared)/' },
    ),
    rule(
      'no-cycles',
      'a cycle has no top to start reading from; what is fetched later, in one piece, is read after what fetches it',
      {},
      {
        circular: true,
        viaOnly: { pathNot: '^packages/web/src/features/chat/load-beside\\.ts$' },
      },
    ),
    rule(
      'no-test-in-src',
      'shipping code never imports test code',
      { path: '^packages/[^/]+/src/', pathNot: TEST },
      { path: TEST },
    ),
    rule(
      'no-orphans',
      'unreachable file',
      {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          TEST,
          '^packages/(web/(src/main|public/)|widget/(src/script|vite))',
        ],
      },
      {},
    ),
    rule('resolvable', 'import leads nowhere', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
