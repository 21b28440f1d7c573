// Reads documents from files, or from standard input where a file is called `-`.

import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { PolicyDocument } from '@sayso/policy'
import { PolicyInvalid, type PolicyProblem, parsePolicy } from '@sayso/policy/document'
import type { Terminal } from './terminal.ts'
import { type ExitCode, Trouble } from './trouble.ts'

export type TextFile = {
  /** As places are told: the path as it was given, or `<stdin>`. */
  readonly file: string
  readonly text: string
}

export type Parsed =
  | { readonly document: PolicyDocument }
  | { readonly problems: readonly PolicyProblem[] }

const STDIN = '-'

export class Documents {
  readonly #terminal: Terminal
  #isStdinRead = false

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** @throws {Trouble} if it is not there, cannot be read or is no text */
  async read(path: string): Promise<TextFile> {
    const file = path === STDIN ? '<stdin>' : path
    const bytes =
      path === STDIN ? await this.#stdin() : await readFile(path).catch(unreadable(path))
    try {
      return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
    } catch {
      throw new Trouble(`\`${file}\` is not text in UTF-8`, 'save it as UTF-8', {
        code: 'file_unreadable',
      })
    }
  }

  /**
   * Reads a policy that must be valid for the command to go on.
   *
   * @throws {Trouble} with every problem, ending with the code given; or as `read` does, ending with 2
   */
  async policy(
    path: string,
    exitCode: ExitCode,
  ): Promise<TextFile & { readonly document: PolicyDocument }> {
    const { file, text } = await this.read(path)
    const parsed = parsedPolicy(text)
    if ('document' in parsed) return { file, text, document: parsed.document }
    throw new Trouble(`\`${file}\` is not a valid policy`, 'mend what is listed', {
      code: 'policy_invalid',
      exitCode,
      invalid: { file, problems: parsed.problems },
    })
  }

  #stdin(): Promise<Buffer> {
    if (this.#isStdinRead) {
      throw new Trouble('standard input can be read only once', 'name a file instead of one `-`', {
        code: 'usage',
      })
    }
    this.#isStdinRead = true
    return buffer(this.#terminal.stdin)
  }
}

/** The policy a text is, or everything that is wrong with it. */
export function parsedPolicy(text: string): Parsed {
  try {
    return { document: parsePolicy(text) }
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error
    return { problems: error.problems }
  }
}

/** Says why a path cannot be read, in words for the few reasons there usually are. */
export function unreadable(path: string): (error: unknown) => never {
  return (error) => {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const [why, remedy] = REASONS[code] ?? [`cannot be read (${code})`, 'look at the file']
    throw new Trouble(`\`${path}\` ${why}`, remedy, { code: 'file_unreadable' })
  }
}

const REASONS: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  ENOENT: ['does not exist', 'check the path'],
  ENOTDIR: ['does not exist', 'check the path'],
  EISDIR: ['is a folder', 'name a file in it'],
  EACCES: ['may not be read by you', 'ask whoever owns it'],
}
