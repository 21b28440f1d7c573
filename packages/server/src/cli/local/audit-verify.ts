// `sayso audit verify`: is the audit log as it was written? Reads the data folder itself, so that no server has to be trusted.

import { join } from 'node:path'
import { type AuditLine, type AuditVerdict, ErasedCheck, verifyAudit } from '@sayso/store'
import { readAudit } from '@sayso/store/sqlite'
import { usageTrouble } from '../trouble.ts'
import type { Call, Outcome, Verb } from '../verb.ts'
import { asTrouble, DATA_OPTION, databasesIn, dataFolder, requireData } from './folder.ts'

export const auditVerifyVerb: Verb = {
  name: 'audit verify',
  usage: '',
  summary: 'check that no audit line was changed, left out or put in',
  help: [
    'Reads the data folder itself, also beside a running server, and checks every line against the one',
    'before it. It prints the last hash: note it elsewhere and give it back with --last, which also',
    'shows whether the newest lines were cut off since.',
    '',
    'Ends with 0 if the log is intact, 1 if it is not, 2 if it cannot be read.',
  ],
  options: [
    DATA_OPTION,
    { name: 'last', value: 'number:hash', help: 'a last line as this command printed it before' },
  ],
  operands: { least: 0, most: 0, what: 'operand' },
  run: (call) => verify(call).catch(asTrouble),
}

type Checked = {
  readonly folder: string
  readonly verdict: AuditVerdict
  /** The last line, and the one that was noted, as they are now. */
  readonly last: AuditLine | undefined
  readonly noted: AuditLine | undefined
}

async function verify(call: Call): Promise<Outcome> {
  const data = dataFolder(call)
  requireData(data)
  const note = noteIn(call)
  const logs: Checked[] = []
  for (const folder of databasesIn(data))
    logs.push(await checkAudit(join(data, folder), folder, note?.number))
  const isNoted = note === undefined || logs[0]?.noted?.hash === note.hash
  const isIntact = isNoted && logs.every(({ verdict }) => verdict.intact)
  return {
    exitCode: isIntact ? 0 : 1,
    lines: [
      ...logs.map(lineOf),
      ...(isNoted ? [] : [`Line ${note.number} is not the one that was noted, or is gone.`]),
    ],
    json: {
      intact: isIntact,
      noted: isNoted,
      logs: logs.map(({ folder, verdict, last }) => ({
        folder,
        ...verdict,
        ...(last === undefined ? {} : { last: `${last.number}:${last.hash}` }),
      })),
    },
  }
}

function noteIn({ options }: Call): { readonly number: number; readonly hash: string } | undefined {
  const text = options.get('last')
  if (text === undefined) return undefined
  const [, number, hash = ''] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (number === undefined)
    throw usageTrouble('`--last` is no line as this command prints it', 'audit verify')
  return { number: Number(number), hash }
}

/** Checks page by page; each page begins with the last line of the one before, so that no link is passed over. */
export async function checkAudit(path: string, folder: string, note?: number): Promise<Checked> {
  let verdict: AuditVerdict = { intact: true, lines: 0 }
  let last: AuditLine | undefined
  let noted: AuditLine | undefined
  let lines = 0
  const erased = new ErasedCheck()
  await readAudit(path, (page) => {
    if (!verdict.intact) return
    for (const line of page) erased.take(line)
    noted ??= page.find(({ number }) => number === note)
    const first = page[0]
    const found = verifyAudit(last === undefined ? page : [last, ...page])
    lines += page.length
    verdict =
      last === undefined && first !== undefined && first.number !== 1
        ? { intact: false, number: 1, problem: 'missing' }
        : found.intact
          ? { intact: true, lines }
          : found
    last = page.at(-1)
  })
  const unproven = erased.unproven()
  if (verdict.intact && unproven !== undefined)
    verdict = { intact: false, number: unproven, problem: 'changed' }
  else if (verdict.intact && erased.count > 0) verdict = { ...verdict, erased: erased.count }
  return { folder, verdict, last, noted }
}

const PROBLEMS = {
  changed: 'was changed',
  unchained: 'does not follow from the one before',
  missing: 'is missing, or one before it is',
} as const

function lineOf({ folder, verdict, last }: Checked): string {
  const name = folder === '.' ? 'the audit log' : `the audit log of ${folder}`
  if (!verdict.intact) return `${name}: line ${verdict.number} ${PROBLEMS[verdict.problem]}.`
  if (last === undefined) return `${name}: intact, no lines yet.`
  return `${name}: intact, ${verdict.lines} lines, the last is ${last.number}:${last.hash}`
}
