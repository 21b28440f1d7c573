// Runs the executable `sayso`, as it was built last, as a process of its own.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { sayso } from '../src/cli/sayso.ts'

export const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
export const BIN = join(PACKAGE, 'bin/sayso.mjs')

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

/** What the program finds in its environment is given, and nothing else. */
export async function run(
  args: readonly string[],
  { env = {}, stdin = '', bin = BIN, node = [] as readonly string[] } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...node, bin, ...args], {
    cwd: PACKAGE,
    env: { PATH: process.env.PATH, ...env },
  })
  child.stdin.end(stdin)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

/** The same without a process of its own, where what matters is what is said. */
export async function say(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const code = await sayso(args, { env, stdin, stdout, stderr, isInteractive: false })
  stdout.end()
  stderr.end()
  return { code, out: await text(stdout), err: await text(stderr) }
}
