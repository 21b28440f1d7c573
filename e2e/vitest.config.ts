import { defineConfig } from 'vitest/config'

const conditions = ['development', 'node', 'import', 'module', 'default']

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['tests/**/*.test.ts'],
    // Longer runs by command: these say how long.
    testTimeout: ['FLIPS', 'KILLS', 'SOCKET_FRAMES', 'CUTS', 'SCREEN_FLIPS', 'SCREENS'].some(
      (name) => name in process.env,
    )
      ? 3_600_000
      : 300_000,
    hookTimeout: 60_000,
    // Real processes on two cores: one file after the other. Each has servers, folders and browsers of its own, so that a
    // machine with more may run several (`E2E_WORKERS=2`).
    maxWorkers: Number(process.env.E2E_WORKERS ?? 1),
  },
})
