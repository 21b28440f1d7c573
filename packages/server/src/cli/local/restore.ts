// `sayso restore`: puts a backup where a server will find it, after checking that it is whole.

import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  type FolderReport,
  inspectAnalytics,
  inspectDecisions,
  inspectFolder,
} from '@sayso/store/sqlite'
import * as z from 'zod'
import { Trouble } from '../trouble.ts'
import type { Call, Outcome, Verb } from '../verb.ts'
import { listed } from './backup.ts'
import { asTrouble, DATA_OPTION, databasesIn, dataFolder } from './folder.ts'
import { MANIFEST, type Manifest } from './manifest.ts'

const manifestSchema = z.object({
  version: z.literal(1),
  at: z.string(),
  hasSecret: z.boolean(),
  databases: z.array(z.object({ folder: z.string(), schema: z.number(), revision: z.number() })),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
})

export const restoreVerb: Verb = {
  name: 'restore',
  usage: '<backup folder>',
  summary: 'put a backup in place of the data folder',
  help: [
    'Checks every file of the backup against its manifest, and that this version can read it, before',
    'anything is touched. With --replace, what is there now is kept beside it as <folder>.before-<time>.',
    'The server must not be running.',
    '',
    'What happened after the backup has not happened then: grants given since are gone, and tokens',
    'revoked since hold again until they end. Rotate the keys that signed them.',
    '',
    'Ends with 0 if the data is in place, 2 if not.',
  ],
  options: [
    DATA_OPTION,
    { name: 'replace', help: 'put aside what is there now; refused without this' },
  ],
  operands: { least: 1, most: 1, what: 'backup folder' },
  run: (call) => restore(call).catch(asTrouble),
}

async function restore(call: Call): Promise<Outcome> {
  const source = resolve(call.operands[0] ?? '')
  const target = dataFolder(call)
  const manifest = await readManifest(source)
  await requireWhole(source, manifest)
  for (const { folder } of manifest.databases) await requireReadable(join(source, folder))
  const isThere = existsSync(join(target, 'sayso.db'))
  if (isThere) await requireReplaceable(call, target)
  const fresh = `${target}.restoring`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  await cp(source, fresh, { recursive: true, preserveTimestamps: true })
  await rm(join(fresh, MANIFEST))
  const aside = `${target}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  if (existsSync(target)) await rename(target, aside)
  await rename(fresh, target)
  return {
    exitCode: 0,
    lines: [
      `The data of ${manifest.at} is in ${target}.`,
      ...(isThere ? [`What was there is in ${aside}.`] : []),
      ...(manifest.hasSecret ? [] : ['Start with the SAYSO_SECRET it was written with.']),
    ],
    json: { folder: target, at: manifest.at, ...(isThere ? { aside } : {}) },
  }
}

async function readManifest(source: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(source, MANIFEST), 'utf8')))
  } catch {
    throw new Trouble(`\`${source}\` is no backup`, 'name a folder that `sayso backup` made', {
      code: 'no_backup',
    })
  }
}

/** @throws {Trouble} naming the first file that is missing, more, or not as it was */
async function requireWhole(source: string, { files }: Manifest): Promise<void> {
  const now = new Map((await listed(source)).map((file) => [file.path, file]))
  const wrong = files.find(({ path, sha256 }) => now.get(path)?.sha256 !== sha256)
  if (wrong !== undefined) throw damaged(`\`${wrong.path}\` is missing or has changed`)
  const known = new Set(files.map(({ path }) => path))
  const more = [...now.keys()].find((path) => !known.has(path))
  if (more !== undefined) throw damaged(`\`${more}\` is not of it`)
}

function damaged(what: string): Trouble {
  return new Trouble(`the backup is not as it was made: ${what}`, 'take another backup', {
    code: 'backup_damaged',
  })
}

async function requireReadable(folder: string): Promise<void> {
  requireKnown(await inspectFolder(folder))
  const decisions = await inspectDecisions(folder)
  if (decisions !== undefined) requireKnown(decisions)
  const analytics = await inspectAnalytics(folder)
  if (analytics !== undefined) requireKnown(analytics)
}

function requireKnown({
  schema,
  knownSchema,
  damage,
}: Pick<FolderReport, 'schema' | 'knownSchema' | 'damage'>): void {
  if (damage.length > 0) throw damaged(damage[0] ?? '')
  if (schema <= knownSchema) return
  throw new Trouble(
    `the backup was made by a newer version (schema ${schema}, this one knows ${knownSchema})`,
    'restore it with that version',
    { code: 'backup_too_new' },
  )
}

async function requireReplaceable({ options }: Call, target: string): Promise<void> {
  if (!options.has('replace')) {
    throw new Trouble(`there is data in \`${target}\``, 'add --replace to put it aside', {
      code: 'data_there',
    })
  }
  for (const folder of databasesIn(target)) {
    const { isInUse } = await inspectFolder(join(target, folder)).catch(() => ({ isInUse: false }))
    if (!isInUse) continue
    throw new Trouble(`\`${target}\` is in use by a running server`, 'stop it first', {
      code: 'in_use',
    })
  }
}
