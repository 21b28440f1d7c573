// Bytes of files on disk. What is still arriving lies apart; what is whole is moved to its place by one rename, so that a
// reader meets all of a file or nothing.

import { createReadStream } from 'node:fs'
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Failure } from '../commands/failure.ts'

/** What a file may be called: made by this server, so that no name leads out of the folder. */
const ID = /^[A-Za-z0-9]{16,40}$/

const ARRIVING = 'arriving'

/** The file itself, or the small picture of it. */
export type Part = 'whole' | 'preview'

export class Disk {
  readonly #folder: string

  /** @param folder made when the first byte comes; only this class writes there */
  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Puts a piece at `offset` of a file that is arriving; whatever lay there and behind is of a piece nobody was told of.
   * Flushed when it resolves.
   *
   * @throws {Failure} `files_full`
   */
  async write(id: string, offset: number, bytes: Uint8Array): Promise<void> {
    const path = this.#arriving(id)
    await filling(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await flushed(path, offset === 0 ? 'w' : 'r+', async (file) => {
        await file.truncate(offset)
        await file.write(bytes, 0, bytes.length, offset)
      })
    })
  }

  /** Where the bytes of a file that has arrived are: still there, or moved before a crash. Undefined: nowhere. */
  async arrived(id: string): Promise<string | undefined> {
    for (const path of [this.#arriving(id), this.path(id)]) {
      if (await exists(path)) return path
    }
    return undefined
  }

  /** Moves a file that has arrived to its place. A repeat changes nothing. */
  async settle(id: string): Promise<void> {
    await this.#place(this.#arriving(id), this.path(id))
  }

  /** Puts whole content at its place, over what is there. @throws {Failure} `files_full` */
  async put(id: string, bytes: Uint8Array, part: Part = 'whole'): Promise<void> {
    const beside = `${this.#arriving(id)}.${part}`
    await filling(async () => {
      await mkdir(dirname(beside), { recursive: true, mode: 0o700 })
      await flushed(beside, 'w', (file) => writeFile(file, bytes))
    })
    await this.#place(beside, this.path(id, part))
    if (part === 'whole') await rm(this.#arriving(id), { force: true })
  }

  path(id: string, part: Part = 'whole'): string {
    if (!ID.test(id)) throw new RangeError('not the id of a file')
    return join(this.#folder, id.slice(0, 2), part === 'whole' ? id : `${id}.preview`)
  }

  /** Undefined if it is gone. @param range bytes, both ends inclusive */
  async read(
    id: string,
    part: Part,
    range?: { readonly start: number; readonly end: number },
  ): Promise<Readable | undefined> {
    const handle = await open(this.path(id, part), 'r').catch(() => undefined)
    return handle && createReadStream('', { fd: handle, ...range })
  }

  bytes(id: string): Promise<Buffer> {
    return readFile(this.path(id))
  }

  /** Forgets everything of a file; a repeat changes nothing. */
  async remove(id: string): Promise<void> {
    const beside = this.#arriving(id)
    const all = [this.path(id), this.path(id, 'preview'), beside, `${beside}.whole`]
    for (const path of [...all, `${beside}.preview`]) await rm(path, { force: true })
  }

  /** Ids of everything that lies here and was last written before an instant. */
  async *older(thanMs: number): AsyncGenerator<string> {
    for (const shard of await listed(this.#folder)) {
      for (const name of await listed(join(this.#folder, shard))) {
        const { mtimeMs } = (await stat(join(this.#folder, shard, name)).catch(
          () => undefined,
        )) ?? {
          mtimeMs: thanMs,
        }
        const id = name.split('.')[0] ?? ''
        if (mtimeMs < thanMs && ID.test(id)) yield id
      }
    }
  }

  #arriving(id: string): string {
    if (!ID.test(id)) throw new RangeError('not the id of a file')
    return join(this.#folder, ARRIVING, id)
  }

  async #place(from: string, to: string): Promise<void> {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    try {
      await rename(from, to)
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && (await exists(to))) return
      throw error
    }
    // The new name outlives a power cut only with its folder.
    await flushed(dirname(to), 'r', async () => undefined).catch(() => undefined)
  }
}

async function flushed(
  path: string,
  flags: string,
  work: (file: FileHandle) => Promise<unknown>,
): Promise<void> {
  const file = await open(path, flags, 0o600)
  try {
    await work(file)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Turns a disk that takes no more into words. */
async function filling(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!FULL.has(codeOf(error))) throw error
    throw new Failure('files_full', 'there is no room left for files', {
      remedy: 'tell the people who run this place; messages without files still work',
    })
  }
}

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? ''
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function listed(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}
