// What can be wrong with a data folder: rights of the files, room on the disk, each database, the secret, the audit log.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreUnavailable } from '@sayso/store'
import { inspectAnalytics, inspectDecisions, inspectFolder, readRights } from '@sayso/store/sqlite'
import { SealBroken, sealer } from '../../auth/sealed.ts'
import { checkAudit } from './audit-verify.ts'
import { type Finding, fine, warning, wrong } from './findings.ts'
import { databasesIn } from './folder.ts'

const MIB = 1_048_576

/** @param secret what SAYSO_SECRET says, if it is set */
export async function lookAtData(folder: string, secret: string | undefined): Promise<Finding[]> {
  if (!existsSync(folder)) return [fine('data', `\`${folder}\` is made at the first start`)]
  const databases = databasesIn(folder)
  const findings = [await writable(folder), privacy(folder), await room(folder)]
  if (databases.length === 0) return [...findings, fine('database', 'made at the first start')]
  for (const each of databases) findings.push(...(await database(folder, each)))
  findings.push(await keptFiles(folder, databases), await keys(folder, secret))
  return findings
}

async function writable(folder: string): Promise<Finding> {
  return access(folder, constants.W_OK | constants.R_OK).then(
    () => fine('data', folder),
    () =>
      wrong('data', `\`${folder}\` cannot be written`, 'give it to the user the server runs as'),
  )
}

function privacy(folder: string): Finding {
  const open = ['.', 'secret', 'sayso.db'].filter((name) => {
    const path = join(folder, name)
    return existsSync(path) && (statSync(path).mode & 0o077) !== 0
  })
  const [first] = open
  if (first === undefined || process.platform === 'win32') {
    return fine('privacy', 'only its owner can read the data')
  }
  const path = join(folder, first)
  return warning('privacy', `others on this machine can read \`${path}\``, `chmod go-rwx ${path}`)
}

async function room(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = Math.floor((bavail * bsize) / MIB)
  const remedy = 'make room, or move the data folder; a full disk refuses messages'
  if (free < 100) return wrong('disk', `${free} MiB are left`, remedy)
  if (free < 1_024) return warning('disk', `${free} MiB are left`, remedy)
  return fine('disk', `${Math.floor(free / 1_024)} GiB are left`)
}

async function database(folder: string, name: string): Promise<Finding[]> {
  const what = name === '.' ? 'database' : name
  const path = join(folder, name)
  try {
    const { schema, knownSchema, revision, damage } = await inspectFolder(path)
    if (schema > knownSchema) {
      const message = `was written by a newer version (schema ${schema}, this one knows ${knownSchema})`
      return [wrong(what, message, 'run that version, or restore a backup')]
    }
    if (damage.length > 0)
      return [wrong(what, `is damaged: ${damage[0]}`, 'restore a backup with `sayso restore`')]
    const size = Math.ceil(statSync(join(path, 'sayso.db')).size / MIB)
    return [
      fine(what, `whole, ${size} MiB, revision ${revision}, schema ${schema}`),
      await audit(path, name),
      ...(await decisions(path)),
      ...(await analytics(path, revision)),
    ]
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    return [wrong(what, error.message, 'restore a backup with `sayso restore`')]
  }
}

/** Files that messages carry, of all apps. */
async function keptFiles(folder: string, databases: readonly string[]): Promise<Finding> {
  let count = 0
  let bytes = 0
  for (const each of databases) {
    const path = join(folder, each, 'files')
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries.filter((one) => one.isFile())) {
      count += 1
      bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size
    }
  }
  return fine('kept files', `${count}, ${Math.ceil(bytes / MIB)} MiB`)
}

async function audit(path: string, name: string): Promise<Finding> {
  const { verdict } = await checkAudit(path, name)
  if (verdict.intact) return fine('audit', `intact, ${verdict.lines} lines`)
  return wrong(
    'audit',
    `line ${verdict.number} is not as it was written (${verdict.problem})`,
    'compare it with a backup: somebody changed the database by hand',
  )
}

async function decisions(path: string): Promise<Finding[]> {
  const what = 'decisions'
  const away = 'stop the server and put `decisions.db` aside: it makes a new one'
  try {
    const report = await inspectDecisions(path)
    if (report === undefined) return []
    const { schema, knownSchema, lines, dropped, damage } = report
    if (schema > knownSchema)
      return [wrong(what, `was written by a newer version (schema ${schema})`, away)]
    if (damage.length > 0) return [wrong(what, `is damaged: ${damage[0]}`, away)]
    if (dropped === 0) return [fine(what, `${lines} lines`)]
    const remedy = 'more came than could be written: SAYSO_DECISIONS=refusals logs fewer'
    return [warning(what, `${lines} lines, ${dropped} more were dropped`, remedy)]
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    return [wrong(what, error.message, away)]
  }
}

async function analytics(path: string, head: number): Promise<Finding[]> {
  const what = 'analytics'
  const away = 'stop the server and put `analytics.db` aside: they are made anew from the log'
  try {
    const report = await inspectAnalytics(path)
    if (report === undefined) return []
    const { schema, knownSchema, revision, damage } = report
    if (schema > knownSchema)
      return [wrong(what, `were written by a newer version (schema ${schema})`, away)]
    if (damage.length > 0) return [wrong(what, `are damaged: ${damage[0]}`, away)]
    return [fine(what, `made up to revision ${revision} of ${head}`)]
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    return [wrong(what, error.message, away)]
  }
}

async function keys(folder: string, given: string | undefined): Promise<Finding> {
  const file = join(folder, 'secret')
  const secret = given ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
  if (secret === undefined) {
    return wrong('secret', 'there is none', 'set SAYSO_SECRET, or put `secret` back from a backup')
  }
  const { open } = sealer(secret)
  let count = 0
  for (const change of await readRights(folder)) {
    if (change.kind !== 'put-key') continue
    count += 1
    try {
      open(change.key.sealedSecret)
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error
      const message = `the key \`${change.key.name}\` was kept under another secret`
      return wrong('secret', message, 'set the SAYSO_SECRET this data was written with')
    }
  }
  return fine('secret', `opens all ${count} keys`)
}
