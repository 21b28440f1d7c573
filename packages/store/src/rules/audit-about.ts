// What a line of the audit log is about, read from its target: the place and the person. The same twice: for lines in memory,
// and as SQL that is indexed. Targets are written as `channel:lobby#host@user:ada`, `channel:lobby user:ada`,
// `chat:lobby/<serial of a message>`, `channel:lobby`, `user:ada`.

import type { AuditLine } from '../audit-line.ts'

/** Of a message: the serial after its channel. */
const MESSAGE = /\/[0-9].*-[0-9]{3}@/s

export const PLACE_SQL = `CASE WHEN target GLOB '*/[0-9]*-[0-9][0-9][0-9]@*'
  THEN rtrim(rtrim(target, replace(target, '/', '')), '/')
  ELSE substr(target, 1, min(instr(target || '#', '#'), instr(target || ' ', ' ')) - 1) END`

export const PERSON_SQL = `CASE WHEN instr(target, '@user:') > 0 THEN substr(target, instr(target, '@user:') + 1)
  WHEN instr(target, ' user:') > 0 THEN substr(target, instr(target, ' user:') + 1)
  WHEN target GLOB 'user:*' THEN target END`

/** The resource or channel a line is about; the whole target where it names none. */
export function placeAbout({ target }: Pick<AuditLine, 'target'>): string {
  if (MESSAGE.test(target)) return target.slice(0, target.lastIndexOf('/')).replace(/\/+$/, '')
  const ends = ['#', ' '].map((end) => target.indexOf(end)).filter((at) => at >= 0)
  return target.slice(0, Math.min(target.length, ...ends))
}

/** The person a line is about. */
export function personAbout({ target }: Pick<AuditLine, 'target'>): string | undefined {
  for (const mark of ['@user:', ' user:']) {
    const at = target.indexOf(mark)
    if (at >= 0) return target.slice(at + 1)
  }
  return target.startsWith('user:') ? target : undefined
}
