import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const conditions = ['development', 'node', 'import', 'module', 'default']

const ALL = [
  'packages/*/{src,contract,scenarios,test,oracle}/**/*.test.{ts,tsx}',
  'scripts/**/*.test.ts',
]

/** Whole engines, servers, disks and processes: part of `npm test`, not of the check before every commit. */
const SLOW = [
  'packages/policy/oracle/**/*.test.ts',
  'packages/server/test/{analytics,api,channels,cli,cli-local,cli-remote,decisions,desk-hostile,desk-races,desk-rules,desk-tenants,desk-tenants-live,frame-fuzz,installation,overview,reads,start,token-table,writes}.test.ts',
  'packages/server/test/{permit-random,permit-routes,retention}.test.ts',
  'packages/server/src/auth/{sign-in,provider-sign-in}.test.ts',
  'packages/store/src/sqlite/{crash,sqlite,analytics/analytics}.test.ts',
]

/** Engines broken on purpose, which the naive evaluator must notice: part of `npm run test:full`. */
const LONG = ['packages/policy/oracle/mutants.test.ts']

/** Random tests start from one seed. */
const SEEDED = fileURLToPath(new URL('scripts/seeded.ts', import.meta.url))

const tests = process.env.TESTS

export default defineConfig({
  resolve: { conditions, alias: [{ find: /^fast-check$/, replacement: SEEDED }] },
  ssr: { resolve: { conditions } },
  test: {
    include: tests === 'slow' ? SLOW : ALL,
    exclude: [
      ...configDefaults.exclude,
      ...(tests === 'quick' ? SLOW : []),
      ...(tests === 'slow' ? LONG : []),
    ],
    // By default one core is left idle, which on two cores is half of the machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
