// Keeps people's pictures: fetched once from their provider, on our disk, served by us, so that no browser tells a third
// party who is reading here.

import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type GuardedOptions, requestGuarded, resolveHost } from './guarded-fetch.ts'
import {
  fetchPicture,
  type PictureRefusal,
  type PictureType,
  pictureType,
} from './picture-fetch.ts'

export type PictureOptions = {
  /** Made if absent. Only this module writes there. */
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly now: () => number
} & Partial<GuardedOptions>

export type KeptPicture = {
  readonly bytes: Uint8Array
  readonly contentType: PictureType
  /** Changes with the picture; 16 hexadecimal digits, for an ETag or a query. */
  readonly version: string
}

export type Keeping =
  /** `known`: it was there already, nothing was fetched. */
  | { readonly ok: true; readonly known: boolean }
  | { readonly ok: false; readonly reason: PictureRefusal }

export type Pictures = {
  /**
   * Makes sure that the picture at `url` is the one kept for a person. Cheap to repeat: the same address is not fetched
   * twice, and one that failed only after an hour. A refused one leaves the last good one in place.
   *
   * @throws only if the disk refuses
   */
  keep(personId: string, url: string): Promise<Keeping>
  /** The picture kept for a person; undefined if there is none. Serve it with `nosniff`. */
  read(personId: string): Promise<KeptPicture | undefined>
  /** Forgets a person's picture. */
  remove(personId: string): Promise<void>
}

/** For everything between wanting a picture and having it; milliseconds. */
const LIMIT_MS = 5_000
/** How long an address that failed is left alone; milliseconds. */
const RETRY_MS = 3_600_000
/** A file is this many bytes of source (SHA-256 of the address, hex, and a line end), then the picture. */
const SOURCE_BYTES = 65
const MAX_FAILURES = 10_000

type Failure = { readonly untilMs: number; readonly reason: PictureRefusal }

/** Opens the folder of pictures. */
export function openPictures(options: PictureOptions): Pictures {
  const fetching: GuardedOptions = {
    trustedOrigins: options.trustedOrigins ?? [],
    limitMs: options.limitMs ?? LIMIT_MS,
    resolve: options.resolve ?? resolveHost,
    request: options.request ?? requestGuarded,
  }
  const underWay = new Map<string, Promise<Keeping>>()
  const failed = new Map<string, Failure>()
  const fileOf = (personId: string) => join(options.folder, sha256(personId))

  const keep = async (personId: string, url: string): Promise<Keeping> => {
    const source = sha256(url)
    if ((await readSource(fileOf(personId))) === source) return { ok: true, known: true }
    const failure = failed.get(source)
    if (failure && options.now() < failure.untilMs) return { ok: false, reason: failure.reason }
    const fetched = await fetchPicture(url, fetching)
    if (fetched.ok) {
      await writeWhole(options.folder, fileOf(personId), [`${source}\n`, fetched.bytes])
      return { ok: true, known: false }
    }
    if (failed.size >= MAX_FAILURES) failed.clear()
    failed.set(source, { untilMs: options.now() + RETRY_MS, reason: fetched.reason })
    return fetched
  }

  return {
    keep: (personId, url) => {
      const name = `${personId} ${url}`
      const waiting = underWay.get(name)
      if (waiting) return waiting
      const started = keep(personId, url).finally(() => underWay.delete(name))
      underWay.set(name, started)
      return started
    },
    read: (personId) => readKept(fileOf(personId)),
    remove: (personId) => rm(fileOf(personId), { force: true }),
  }
}

async function readKept(file: string): Promise<KeptPicture | undefined> {
  const whole = await readFile(file).catch(() => undefined)
  if (!whole) return undefined
  const bytes = whole.subarray(SOURCE_BYTES)
  const contentType = pictureType(bytes)
  return contentType && { bytes, contentType, version: sha256(bytes).slice(0, 16) }
}

/** The source of a kept picture without reading the picture; undefined if there is none. */
async function readSource(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return undefined
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SOURCE_BYTES), 0, SOURCE_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('latin1').trimEnd()
  } finally {
    await file.close()
  }
}

/** Writes beside and renames, so that a reader sees the old picture or the new one. */
async function writeWhole(
  folder: string,
  file: string,
  parts: readonly (string | Uint8Array)[],
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const beside = join(folder, `.${randomUUID()}`)
  try {
    await writeFile(beside, Buffer.concat(parts.map((part) => Buffer.from(part))))
    await rename(beside, file)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex')
}
