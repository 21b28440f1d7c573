// What may be kept under `/me/state`: the form of each collection, and how much of it.

import type { OwnCollection } from '@sayso/protocol'
import * as z from 'zod'

export const OWN_LIMITS = {
  /** UTF-16 units of a key. */
  key: 256,
  /** Bytes of JSON of one value. */
  valueBytes: 16_384,
  /** Bytes of all that one person keeps, with its keys: what a snapshot brings to a phone. */
  personBytes: 524_288,
} as const

const serial = z.string().max(80)
const instantMs = z.number().int().min(0).max(99_999_999_999_999)

const SCHEMAS = {
  read: z.strictObject({ serial, unread: z.literal(true).optional() }),
  saved: z.looseObject({ channel: z.string().min(1).max(200), serial: serial.min(1) }),
  settings: z.record(z.string(), z.json()),
  notify: z.looseObject({
    level: z.enum(['all', 'mentions', 'none']).optional(),
    untilMs: instantMs.optional(),
  }),
  drafts: z.looseObject({ text: z.string().max(OWN_LIMITS.valueBytes) }),
  seen: z.record(z.string(), z.json()),
} as const satisfies Readonly<Record<OwnCollection, z.ZodType>>

export const ownCollections = Object.keys(SCHEMAS) as readonly OwnCollection[]

export function isOwnCollection(name: string): name is OwnCollection {
  return Object.hasOwn(SCHEMAS, name)
}

export type OwnValue = Readonly<Record<string, unknown>>

/** A value of a collection, or a sentence that says why it is none. */
export function ownValue(collection: OwnCollection, value: unknown): OwnValue | string {
  const result = SCHEMAS[collection].safeParse(value)
  if (!result.success) {
    const issue = result.error.issues[0]
    const where = issue === undefined || issue.path.length === 0 ? 'value' : issue.path.join('.')
    return `\`${where}\`: ${issue?.message ?? 'not as expected'}`
  }
  const bytes = Buffer.byteLength(JSON.stringify(result.data))
  if (bytes <= OWN_LIMITS.valueBytes) return result.data
  return `it has ${bytes} bytes of JSON; the most is ${OWN_LIMITS.valueBytes}`
}

/**
 * What a new value leaves of it beside the present one: reading never goes back, whatever an old tab says late, unless
 * somebody goes back on purpose.
 */
export function mergedOwn(
  collection: OwnCollection,
  before: OwnValue | undefined,
  next: OwnValue,
): OwnValue {
  if (collection !== 'read' || before === undefined || next.unread === true) return next
  return String(next.serial) < String(before.serial) ? before : next
}
