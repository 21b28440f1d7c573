// Backups made while the server runs, in the data folder's `backups`: by the command `sayso backup` in a process of its own, so
// that nobody waits for the disk, one at a time.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '../cli/local/manifest.ts'
import { Failure } from '../commands/failure.ts'

const COMMAND = fileURLToPath(new URL('../../bin/sayso.mjs', import.meta.url))
/** What is being made lies under a name that no backup has. */
const UNFINISHED = '.making-'
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/

export type Backup = {
  readonly name: string
  readonly atMs: number
  readonly state: 'making' | 'ready' | 'failed'
  readonly bytes?: number
  readonly files?: number
  /** Every file its manifest names is there, as long as it was; its databases were whole when it was made. */
  readonly verified?: boolean
  /** Why it failed. */
  readonly detail?: string
}

export type BackupsOptions = {
  /** The data folder. */
  readonly data: string
  readonly now: () => number
  readonly report: (error: unknown) => void
}

export class Backups {
  readonly #options: BackupsOptions
  readonly #folder: string
  /** What is being made, or what failed last. */
  #latest: Backup | undefined
  #child: ChildProcess | undefined
  #making: Promise<void> | undefined

  constructor(options: BackupsOptions) {
    this.#options = options
    this.#folder = join(options.data, 'backups')
  }

  /** @throws {Failure} `conflict`: one is being made */
  requireFree(): void {
    if (this.#making === undefined) return
    throw new Failure('conflict', 'a backup is being made', { remedy: 'wait until it is ready' })
  }

  /** Begins one. @throws {Failure} `conflict`: one is being made */
  begin(): { readonly name: string; readonly ended: Promise<void> } {
    this.requireFree()
    const atMs = this.#options.now()
    const name = new Date(atMs).toISOString().replaceAll(/[:.]/g, '-')
    this.#latest = { name, atMs, state: 'making' }
    const ended = this.#make(name, atMs).finally(() => {
      this.#making = undefined
      this.#child = undefined
    })
    this.#making = ended
    return { name, ended }
  }

  /** The newest first. */
  async list(): Promise<readonly Backup[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const ready: Backup[] = []
    for (const name of names
      .filter((each) => NAME.test(each))
      .sort()
      .reverse())
      ready.push(await looked(this.#folder, name))
    return this.#latest === undefined ? ready : [this.#latest, ...ready]
  }

  async find(name: string): Promise<Backup | undefined> {
    return (await this.list()).find((each) => each.name === name)
  }

  /** Of one that failed there is nothing to remove but the word of it. */
  async remove(name: string): Promise<void> {
    if (!NAME.test(name)) return
    if (this.#latest?.name === name) this.#latest = undefined
    await rm(join(this.#folder, name), { recursive: true, force: true })
  }

  /** What is under way is given up. */
  async stop(): Promise<void> {
    this.#child?.kill()
    await this.#making
  }

  async #make(name: string, atMs: number): Promise<void> {
    const { data, report } = this.#options
    const target = join(this.#folder, UNFINISHED + name)
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await clearUnfinished(this.#folder)
      const problem = await this.#run(['backup', target, '--data', data, '--json'])
      if (problem !== undefined) throw new Error(problem)
      await rename(target, join(this.#folder, name))
      this.#latest = undefined
    } catch (error) {
      report(error)
      const detail = error instanceof Error ? error.message : 'it could not be made'
      this.#latest = { name, atMs, state: 'failed', detail }
      await rm(target, { recursive: true, force: true }).catch(report)
    }
  }

  /** @returns a sentence if it went wrong */
  async #run(args: readonly string[]): Promise<string | undefined> {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const [out, , code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    return code === 0 ? undefined : saidBy(out)
  }
}

function saidBy(out: string): string {
  try {
    const { error } = JSON.parse(out) as { error: { message: string } }
    return error.message
  } catch {
    return 'the command that makes backups ended before its time'
  }
}

/** What a crash left half made. */
async function clearUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

async function looked(folder: string, name: string): Promise<Backup> {
  const atMs = Date.parse(name.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/, 'T$1:$2:$3.$4Z'))
  try {
    const manifest = JSON.parse(
      await readFile(join(folder, name, 'manifest.json'), 'utf8'),
    ) as Manifest
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    const sizes = await Promise.all(
      manifest.files.map(async (file) => {
        const found = await stat(join(folder, name, file.path)).catch(() => undefined)
        return found?.size === file.bytes
      }),
    )
    const verified = sizes.every(Boolean)
    return { name, atMs, state: 'ready', bytes, files: manifest.files.length, verified }
  } catch {
    return { name, atMs, state: 'failed', detail: 'its manifest cannot be read' }
  }
}
