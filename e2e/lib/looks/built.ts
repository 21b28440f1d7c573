// A commit, built in a worktree of its own for as long as it is needed.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../server.ts'

function run(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`)
  return stdout.trim()
}

export type Built = {
  /** Its short name. */
  readonly commit: string
  /** Root of the built tree. */
  readonly root: string
  remove(): void
}

/** @param named a commit, a branch or a tag */
export function builtOf(named: string): Built {
  const commit = run(ROOT, 'git', 'rev-parse', '--short', `${named}^{commit}`)
  const folder = mkdtempSync(join(tmpdir(), 'sayso-looks-'))
  const root = join(folder, commit)
  run(ROOT, 'git', 'worktree', 'add', '--quiet', '--detach', root, commit)
  let isThere = true
  const remove = () => {
    if (!isThere) return
    isThere = false
    run(ROOT, 'git', 'worktree', 'remove', '--force', root)
    rmSync(folder, { recursive: true, force: true })
  }
  // Whoever ends it early leaves nothing behind either.
  process.once('exit', remove)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  run(root, 'npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund')
  run(root, 'npm', 'run', '--silent', 'build')
  return { commit, root, remove }
}
