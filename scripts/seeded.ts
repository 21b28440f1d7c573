// The library of random tests, with a seed that is the same in every run: what fails once fails again, and a change is
// judged by itself, not by the luck of the day. `SEED=random` looks elsewhere each time, as `npm run test:full` does; a
// number repeats a run. Tests get this file for `fast-check` (vitest.config.ts).

import fc from '../node_modules/fast-check/lib/fast-check.js'

const asked = process.env.SEED ?? '20261122'
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) })

export * from '../node_modules/fast-check/lib/fast-check.js'
// biome-ignore lint/style/noDefaultExport: stands in for a library that has one
export default fc
