// The command `sayso` on this process's own streams. `bin/sayso.mjs` starts it.

import { sayso } from './sayso.ts'

export async function main(): Promise<void> {
  const { stdin, stdout, stderr, env } = process
  // Whoever reads may stop reading: `sayso policy diff new.yaml | head`.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  const isInteractive = stdin.isTTY && stderr.isTTY
  const terminal = { env, stdin, stdout, stderr, isInteractive }
  // Not `exit`, which would cut off what is still on its way through a pipe.
  process.exitCode = await sayso(process.argv.slice(2), terminal).catch((error: Error) => {
    stderr.write(`sayso: this is a mistake in the program: ${error.stack}\n`)
    return 2
  })
}
