// Deliberately broken builds: a copy of the built tree in which one line is changed. A safety test that stays green on
// one of them proves nothing.

import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './server.ts'

export type Mutant = {
  readonly name: string
  /** What it does wrong, as a sentence. */
  readonly wrong: string
  readonly edits: readonly {
    readonly file: string
    readonly find: string
    readonly replace: string
  }[]
}

const PACKAGES = ['policy', 'channel', 'protocol', 'store', 'server'] as const

/** The three ways in which systems like this one break. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'fence-skipped',
    wrong: 'folds a rights entry without deciding the attachments again',
    edits: [
      {
        file: 'server/dist/hub.js',
        find: 'redecide: (channel, connections, what) => this.#reauthorize(channel, connections, what),',
        replace: 'redecide: () => undefined,',
      },
    ],
  },
  {
    name: 'check-await-send',
    wrong: 'decides, waits, and commits without asking whether the decision still holds',
    edits: [
      {
        file: 'server/dist/commands/decide-and-commit.js',
        find: 'const committed = await context.store.transact({ ...write, expect });',
        replace:
          'await new Promise((go) => setTimeout(go, 3)); void expect; const committed = await context.store.transact(write);',
      },
    ],
  },
  {
    name: 'acknowledge-before-applying',
    wrong: 'tells the caller that a change is done before the feed was heard',
    edits: [
      {
        file: 'store/dist/sqlite/writer-client.js',
        find: 'feed.tell(fed.splice(0));',
        replace: 'const late = fed.splice(0); setTimeout(() => feed.tell(late), 8);',
      },
    ],
  },
]

/** Builds a mutant beside the real tree and returns its root. @throws if an edit does not fit exactly once */
export async function buildMutant(mutant: Mutant): Promise<string> {
  const root = join(ROOT, '.mutants', mutant.name)
  await rm(root, { recursive: true, force: true })
  await mkdir(join(root, 'node_modules/@sayso'), { recursive: true })
  for (const name of PACKAGES) {
    const from = join(ROOT, 'packages', name)
    const to = join(root, 'packages', name)
    await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true })
    await cp(join(from, 'package.json'), join(to, 'package.json'))
    await symlink(to, join(root, 'node_modules/@sayso', name))
  }
  await cp(
    join(ROOT, 'packages/server/default-policy.yaml'),
    join(root, 'packages/server/default-policy.yaml'),
  )
  for (const { file, find, replace } of mutant.edits) {
    const path = join(root, 'packages', file)
    const parts = (await readFile(path, 'utf8')).split(find)
    if (parts.length !== 2)
      throw new Error(`${mutant.name}: \`${find}\` is ${parts.length - 1} times in ${file}`)
    await writeFile(path, parts.join(replace))
  }
  return root
}
