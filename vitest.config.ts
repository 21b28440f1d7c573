import { defineConfig } from 'vitest/config'

const conditions = ['development', 'node', 'import', 'module', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/{src,contract,scenarios,test,oracle}/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
    ],
    // By default one core is left idle, which on two cores is half of the machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
