// `sayso backup`: a copy of everything an installation keeps, taken while it runs.

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { copyAnalytics, copyDatabase, copyDecisions, inspectFolder } from '@sayso/store/sqlite'
import { Trouble } from '../trouble.ts'
import type { Call, Outcome, Verb } from '../verb.ts'
import { asTrouble, DATA_OPTION, databasesIn, dataFolder, requireData } from './folder.ts'
import { MANIFEST, type Manifest } from './manifest.ts'

/** What is kept beside databases: the secret that opens keys and sessions, the app's name, pictures of people. */
const BESIDE = ['secret', 'app', 'pictures'] as const

export const backupVerb: Verb = {
  name: 'backup',
  usage: '<new folder>',
  summary: 'copy everything an installation keeps into a new folder, while it runs or not',
  help: [
    'Copies each database, decisions log and roll-up as of one moment, the secret, the name of the app, pictures and files, and',
    'writes their checksums to manifest.json. The copy opens API keys and sessions: keep it as safe as',
    'the data folder. A secret that is set by SAYSO_SECRET is not in it.',
    '',
    'Ends with 0 if all was copied, 2 if not.',
  ],
  options: [DATA_OPTION],
  operands: { least: 1, most: 1, what: 'folder' },
  run: (call) => backup(call).catch(asTrouble),
}

async function backup(call: Call): Promise<Outcome> {
  const data = dataFolder(call)
  requireData(data)
  const target = resolve(call.operands[0] ?? '')
  await makeEmpty(target)
  const databases = []
  for (const folder of databasesIn(data)) {
    await mkdir(join(target, folder), { recursive: true, mode: 0o700 })
    // Before what they follow, so that they are never ahead of it.
    if (await copyAnalytics(join(data, folder), join(target, folder)))
      await chmod(join(target, folder, 'analytics.db'), 0o600)
    await copyDatabase(join(data, folder), join(target, folder, 'sayso.db'))
    await chmod(join(target, folder, 'sayso.db'), 0o600)
    if (await copyDecisions(join(data, folder), join(target, folder)))
      await chmod(join(target, folder, 'decisions.db'), 0o600)
    const { schema, revision, damage } = await inspectFolder(join(target, folder))
    if (damage.length > 0) throw damagedCopy(join(data, folder), damage[0])
    databases.push({ folder, schema, revision })
    // After the database: what a message of the copy carries is there, unless it was deleted meanwhile.
    await copyFiles(join(data, folder, 'files'), join(target, folder, 'files'))
  }
  const found = await readdir(data)
  for (const name of BESIDE) {
    if (!found.includes(name)) continue
    await cp(join(data, name), join(target, name), { recursive: true, preserveTimestamps: true })
  }
  const files = await listed(target)
  const hasSecret = found.includes('secret')
  const at = new Date().toISOString()
  const manifest: Manifest = { version: 1, at, hasSecret, databases, files }
  await writeFile(join(target, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 })
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    exitCode: 0,
    lines: [
      `Copied ${files.length} files, ${(bytes / 1_048_576).toFixed(1)} MiB, to ${target}.`,
      ...(hasSecret ? [] : ['The secret is not in it: keep SAYSO_SECRET beside it.']),
    ],
    json: { folder: target, bytes, ...manifest },
  }
}

function damagedCopy(folder: string, what: string | undefined): Trouble {
  return new Trouble(`the database in \`${folder}\` is damaged: ${what}`, 'run `sayso doctor`', {
    code: 'damaged',
  })
}

/** Copies what the folder holds; what is removed meanwhile is left out. */
async function copyFiles(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const copy = join(to, relative(from, path))
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 })
    await copyFile(path, copy).catch(passOver)
  }
}

function passOver(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

/** @throws {Trouble} if something is there already */
async function makeEmpty(target: string): Promise<void> {
  const isTaken = await readdir(target).then(
    (names) => names.length > 0,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
  if (isTaken) {
    throw new Trouble(`\`${target}\` is there already and not an empty folder`, 'name a new one', {
      code: 'folder_taken',
    })
  }
  await mkdir(target, { recursive: true, mode: 0o700 })
}

/** Every file below a folder with its checksum, sorted by path. */
export async function listed(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => path !== MANIFEST)
    .sort()
  const files = []
  for (const path of paths) {
    const file = join(folder, path)
    files.push({ path, bytes: (await stat(file)).size, sha256: await digest(file) })
  }
  return files
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
