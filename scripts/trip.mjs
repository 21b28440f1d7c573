// Breaks every guard once, in a copy of the tree, and expects each to be caught: a guard that never fired is a wish.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files with one wrong line each, and the rule of the direction check that must name them; of a cycle, one end is named. */
const DIRECTIONS = [
  [
    'policy/src/trip-up.ts',
    "import type { Frame } from '@sayso/protocol'\nexport type F = Frame",
    'direction-policy',
  ],
  [
    'channel/src/trip-store.ts',
    "import type { Store } from '@sayso/store'\nexport type S = Store",
    'direction-channel',
  ],
  [
    'channel/src/trip-wire.ts',
    "import type { Frame } from '@sayso/protocol'\nexport type F = Frame",
    'direction-channel',
  ],
  [
    'protocol/src/trip-core.ts',
    "import type { Message } from '@sayso/channel'\nexport type M = Message",
    'direction-protocol',
  ],
  [
    'store/src/trip-wire.ts',
    "import type { Frame } from '@sayso/protocol'\nexport type F = Frame",
    'direction-store',
  ],
  [
    'client/src/trip-core.ts',
    "import { Channel } from '@sayso/channel'\nexport const c = Channel",
    'direction-client',
  ],
  [
    'web/src/features/chat/trip-wire.ts',
    "import type { Frame } from '@sayso/protocol'\nexport type F = Frame",
    'direction-web',
  ],
  [
    'policy/src/trip-disk.ts',
    "import { readFileSync } from 'node:fs'\nexport const r = readFileSync",
    'pure-core',
  ],
  ['channel/src/trip-npm.ts', "import ts from 'typescript'\nexport const r = ts", 'pure-core'],
  [
    'policy/src/condition/trip-cel.ts',
    "import { evaluate } from '@marcbachmann/cel-js'\nexport const r = evaluate",
    'pure-core',
  ],
  ['policy/src/document/trip-zod.ts', "import * as z from 'zod'\nexport const r = z", 'yaml-only'],
  ['protocol/src/trip-npm.ts', "import ts from 'typescript'\nexport const r = ts", 'pure-protocol'],
  [
    'server/src/trip-door.ts',
    "import { decide } from '../../policy/src/decide.ts'\nexport const d = decide",
    'front-door-only',
  ],
  [
    'store/src/sqlite/trip-twin.ts',
    "import { memoryStore } from '../memory/index.ts'\nexport const m = memoryStore",
    'store-backends-are-strangers',
  ],
  [
    'server/src/commands/trip-backend.ts',
    "import { memoryStore } from '@sayso/store/memory'\nexport const q = memoryStore",
    'only-main-picks-a-backend',
  ],
  [
    'server/src/commands/trip-wire.ts',
    "import { wsFrame } from '../wire/ably/ws-frame.ts'\nexport const q = wsFrame",
    'commands-know-no-wire',
  ],
  [
    'server/src/cli/trip-command.ts',
    "import { publish } from '../commands/publish.ts'\nexport const p = publish",
    'command-line-stands-outside',
  ],
  [
    'server/src/rest/trip-wire.ts',
    "import { wsFrame } from '../wire/ably/ws-frame.ts'\nexport const q = wsFrame",
    'wires-are-strangers',
  ],
  [
    'web/src/features/chat/trip-login.ts',
    "import * as login from '../login/index.ts'\nexport const c = login",
    'features-are-strangers',
  ],
  [
    'web/src/ui/trip-business.ts',
    "import * as client from '@sayso/client'\nexport const c = client",
    'ui-knows-no-business',
  ],
  [
    'web/src/features/login/trip-app.ts',
    "import * as app from '../../app/app.tsx'\nexport const c = app",
    'feature-below-app',
  ],
  [
    'policy/src/trip-round.ts',
    "import type { B } from './trip-about.ts'\nexport type A = B",
    'no-cycles',
  ],
  [
    'policy/src/trip-about.ts',
    "import type { A } from './trip-round.ts'\nexport type B = A",
    'no-cycles',
  ],
  ['policy/src/trip-lonely.ts', 'export const x = 1', 'no-orphans'],
  [
    'policy/src/trip-nowhere.ts',
    "import { nope } from './nope.ts'\nexport const n = nope",
    'resolvable',
  ],
  [
    'server/src/commands/trip-test.ts',
    "import { storeContract } from '@sayso/store/contract'\nexport const q = storeContract",
    'no-test-in-src',
  ],
]

/** The same for the linter. */
const LINT = [
  [
    'policy/src/trip-clock.ts',
    'export const at = (): number => Date.now()\n',
    'noRestrictedGlobals',
  ],
  ['channel/src/trip-chance.ts', 'export const chance = (): number => Math.random()\n', 'plugin'],
  [
    'server/src/trip-guess.ts',
    'export const isIt = (secret: string, guess: string): boolean => secret === guess\n',
    'plugin',
  ],
  ['server/src/trip-any.ts', 'export const a = (x: any): number => x.y\n', 'noExplicitAny'],
  ['server/src/trip-print.ts', "export const say = (): void => console.log('x')\n", 'noConsole'],
  [
    'server/src/trip-bang.ts',
    'export const b = (x?: number): number => x! + 1\n',
    'noNonNullAssertion',
  ],
  ['server/src/trip-default.ts', 'export default 1\n', 'noDefaultExport'],
  [
    'server/src/trip-long.ts',
    `export function long(): number {\n${'  let a = 1\n'.repeat(62)}  return a\n}\n`,
    'noExcessiveLinesPerFunction',
  ],
  [
    'server/src/trip-tall.ts',
    'export const t = [\n'.concat('  1,\n'.repeat(402), ']\n'),
    'noExcessiveLinesPerFile',
  ],
]

export function trip(root, place) {
  rmSync(place, { recursive: true, force: true })
  mkdirSync(join(place, 'node_modules/@sayso'), { recursive: true })
  cpSync(join(root, 'packages'), join(place, 'packages'), {
    recursive: true,
    filter: (path) => !/[\\/](dist|node_modules)$/.test(path),
  })
  for (const file of [
    '.dependency-cruiser.cjs',
    'tsconfig.base.json',
    'biome.json',
    'lint',
    'package.json',
  ])
    cpSync(join(root, file), join(place, file), { recursive: true })
  for (const name of readdirSync(join(place, 'packages')))
    symlinkSync(join(place, 'packages', name), join(place, 'node_modules/@sayso', name))
  for (const [file, text] of [...DIRECTIONS, ...LINT]) {
    mkdirSync(dirname(join(place, 'packages', file)), { recursive: true })
    writeFileSync(join(place, 'packages', file), text)
  }
  return [...missedDirections(root, place), ...missedLint(root, place)]
}

function missedDirections(root, place) {
  const run = spawnSync(
    join(root, 'node_modules/.bin/depcruise'),
    ['packages', '--config', '.dependency-cruiser.cjs', '-T', 'json'],
    { cwd: place, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const caught = new Set(
    JSON.parse(run.stdout).summary.violations.map(({ from, rule }) => `${rule.name} ${from}`),
  )
  return DIRECTIONS.filter(([file]) => file !== 'policy/src/trip-round.ts')
    .filter(([file, , rule]) => !caught.has(`${rule} packages/${file}`))
    .map(([file, , rule]) => `${rule} did not catch ${file}`)
}

function missedLint(root, place) {
  const files = LINT.map(([file]) => join('packages', file))
  const run = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=200', ...files],
    { cwd: place, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const said = JSON.parse(run.stdout).diagnostics.map(
    (each) => `${each.category} ${JSON.stringify(each.location)}`,
  )
  return LINT.filter(
    ([file, , rule]) => !said.some((line) => line.includes(rule) && line.includes(file)),
  ).map(([file, , rule]) => `${rule} did not catch ${file}`)
}
