// What a change does to the look: every screen of the named commit and of this tree, side by side where they differ.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../scripts/start.mjs'
import { openBrowser } from './lib/browser.ts'
import { builtOf } from './lib/looks/built.ts'
import { unlike } from './lib/looks/compare.ts'
import { type Change, pageOf } from './lib/looks/page.ts'
import { DRAWN_ALIKE, type Shot, type Stage, screensOf, setStage, walk } from './lib/looks/walk.ts'
import type { Shown } from './lib/screens/shown.ts'
import { ROOT } from './lib/server.ts'

const USAGE = `npm run looks -- <commit> [--all] [--only <part of a name>]

Builds the commit in a temporary worktree, walks the screens of both and compares the pictures. Exit 1 if any differ.
  --all   every state, dialog and menu too; else each screen once
  --only  screens whose name, as in "desk inbox (full)", has this in it
`
/** Walks of what differs, besides the first: a picture taken too early is taken again. */
const AGAIN = 2
const OUT = join(ROOT, '.tmp/looks')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
const [named] = positionals
if (named === undefined || values.help) {
  process.stdout.write(USAGE)
  process.exit(values.help ? 0 : 2)
}

type Shots = Map<string, Shot[]>

/** Adds the pictures of a walk to those there are. */
async function add(root: string, stage: Stage, screens: readonly Shown<string>[], shots: Shots) {
  const browser = await openBrowser(DRAWN_ALIKE)
  try {
    await walk(browser, root, stage, screens, (name, shot) => {
      shots.set(name, [...(shots.get(name) ?? []), shot])
    })
  } finally {
    await browser.close()
  }
}

const pictures = (shots: readonly Shot[] = []) => shots.filter((one) => Buffer.isBuffer(one))

/** What differs between the pictures of two builds; the pictures are written beside the page. */
function changesOf(before: Shots, after: Shots): readonly Change[] {
  return [...before.keys()].flatMap((name, index): readonly Change[] => {
    const [old, now] = [pictures(before.get(name)), pictures(after.get(name))]
    const write = (what: string, file: Buffer | undefined) => {
      if (file === undefined) return undefined
      writeFileSync(join(OUT, `${index}-${what}.png`), file)
      return `${index}-${what}.png`
    }
    const both = () => ({ before: write('before', old.at(-1)), after: write('after', now.at(-1)) })
    if (old.length === 0 || now.length === 0) {
      const of = (shots: Shots) => String(shots.get(name)?.find((one) => one instanceof Error))
      const where = [
        ...(old.length === 0 ? [`did not stand before: ${of(before)}`] : []),
        ...(now.length === 0 ? [`does not stand now: ${of(after)}`] : []),
      ]
      return [{ name, what: where.join('; '), ...both() }]
    }
    const difference = unlike(old, now)
    if (difference === undefined) return []
    const what = `${difference.pixels} pixels differ.`
    return [{ name, what, ...both(), difference: write('difference', difference.picture) }]
  })
}

const say = (text: string) => process.stdout.write(`${text}\n`)
build()
rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
say(`Building ${named} …`)
const built = builtOf(named)
let changes: readonly Change[] = []
const [before, after]: [Shots, Shots] = [new Map(), new Map()]
try {
  const browser = await openBrowser(DRAWN_ALIKE)
  const stage = await setStage(browser, built.root)
  await browser.close()
  let screens = screensOf(values.all, values.only)
  for (let turn = 0; turn <= AGAIN && screens.length > 0; turn++) {
    say(`${screens.length} screens, ${built.commit} …`)
    await add(built.root, stage, screens, before)
    say(`${screens.length} screens, this tree …`)
    await add(ROOT, stage, screens, after)
    changes = changesOf(before, after)
    screens = screens.filter(({ screen, state }) =>
      changes.some(({ name }) => name.startsWith(`${screen} (${state}),`)),
    )
  }
  rmSync(stage.data, { recursive: true, force: true })
} finally {
  built.remove()
}
// Pictures of what turned out to be alike are not kept.
rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
changes = changesOf(before, after)
writeFileSync(join(OUT, 'index.html'), pageOf(built.commit, before.size, changes))
for (const { name, what } of changes) say(`${name}: ${what}`)
say(`${changes.length} of ${before.size} pictures differ: ${join(OUT, 'index.html')}`)
process.exitCode = changes.length === 0 ? 0 : 1
