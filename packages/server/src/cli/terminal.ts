// Where a command reads and writes: the process's own streams, or those of a test.

import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** True if somebody sits there who can answer. */
  readonly isInteractive: boolean
}

/** Writes lines; control characters in names and texts of others are made visible, so that they move no cursor. */
export function writeLines(stream: Writable, lines: readonly string[]): void {
  if (lines.length === 0) return
  stream.write(`${lines.map(visible).join('\n')}\n`)
}

function visible(line: string): string {
  return line.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '\uFFFD')
}

/** Asks a question with yes or no. Whatever is not yes, the end of the input too, is no. */
export async function isConfirmed(terminal: Terminal, question: string): Promise<boolean> {
  const { stdin: input, stderr: output } = terminal
  const lines = createInterface({ input, output })
  const answer = await new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''))
    lines.question(`${visible(question)} [yes/no] `, resolve)
  })
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}
