// What is left of stored texts once somebody is taken out of them. Pure; JSON in, JSON out, the same text if nothing was there.

import type { Erasure } from '../../erasure.ts'
import { ERASE_COMMAND } from '../../rules/erased-lines.ts'
import type { AuditLine } from '../../store.ts'
import { KIND } from '../schema.ts'

type Fields = { [name: string]: unknown }

/** Stands where a text was. */
const BLOT = 'erased'

/** A body of the feed. */
export function blottedBody(body: string, kind: number, erasure: Erasure): string {
  const parsed = JSON.parse(body) as Fields
  if (kind === KIND.rights) blotRights(parsed, erasure)
  else blotWritten(parsed, kind, erasure)
  return JSON.stringify(parsed)
}

/** Any JSON: strings that are one of the texts, and e-mails inside of others. */
export function blottedJson(text: string, erasure: Erasure): string {
  return JSON.stringify(blotted(JSON.parse(text), erasure))
}

/**
 * A line of the audit log without who somebody was. Number, hash and place in the chain stay; what it was about is left out
 * where it was about them.
 */
export function blottedLine(line: AuditLine, erasure: Erasure): AuditLine {
  const { id, clientId } = erasure
  const subject = `user:${clientId}`
  const { address, reason, details, before, after, effect, ...rest } = line
  const change = { before, after, effect }
  const isAboutThem = line.target === subject || holdsAny(JSON.stringify(change), erasure)
  return {
    ...(blotted(rest, erasure) as typeof rest),
    // Absent members leave no text.
    ...(isAboutThem ? {} : (JSON.parse(JSON.stringify(change)) as Partial<AuditLine>)),
    erased: id,
  }
}

/** True if a line has to be blotted out. */
export function isTold(line: AuditLine, erasure: Erasure): boolean {
  const subject = `user:${erasure.clientId}`
  // The proof of an erasure holds nothing of anybody, and must stay what it is.
  if (line.command === ERASE_COMMAND || line.erased !== undefined) return false
  return (
    line.actor === subject || line.target === subject || holdsAny(JSON.stringify(line), erasure)
  )
}

/** Texts as they stand in JSON: e-mails and addresses anywhere, everything else only as a whole value. */
export function needles({ texts }: Pick<Erasure, 'texts'>): readonly string[] {
  return texts.map((text) => (isTelling(text) ? escaped(text) : `"${escaped(text)}"`))
}

function holdsAny(json: string, erasure: Erasure): boolean {
  return needles(erasure).some((needle) => json.includes(needle))
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** A name may be a word of its own; an e-mail or an address is nothing else. */
function isTelling(text: string): boolean {
  return /[@/]/.test(text) && text.length >= 5
}

function blotted(value: unknown, erasure: Erasure): unknown {
  if (typeof value === 'string') return blottedText(value, erasure.texts)
  if (Array.isArray(value)) return value.map((item) => blotted(item, erasure))
  if (typeof value !== 'object' || value === null) return value
  const isByThem = 'by' in value && isSubject(value.by, erasure)
  return Object.fromEntries(
    Object.entries(value)
      // What they remarked on somebody else.
      .filter(([name]) => !(isByThem && name === 'note'))
      .map(([name, member]) => [name, blotted(member, erasure)]),
  )
}

function isSubject(value: unknown, { clientId }: Erasure): boolean {
  return value === clientId || value === `user:${clientId}`
}

function blottedText(value: string, texts: readonly string[]): string {
  let text = value
  for (const each of texts) {
    if (text === each) return BLOT
    if (isTelling(each)) text = text.replaceAll(each, BLOT)
  }
  return text
}

/** Facts and the cause of their change. Policies are the operator's own documents. */
function blotRights(body: Fields, erasure: Erasure): void {
  const subject = `user:${erasure.clientId}`
  body.changes = (body.changes as Fields[]).map((change) => {
    if (change.kind === 'put-policy') return change
    const isTheirs =
      change.subject === subject || (change.tuple as Fields | undefined)?.subject === subject
    if (!isTheirs) return blotted(change, erasure)
    const { reason: _reason, ...rest } = blotted(change, erasure) as Fields
    if (change.kind === 'put-person') return { ...rest, attributes: {} }
    if (change.kind !== 'put-request') return rest
    const { note: _note, ...request } = rest.request as Fields
    return { ...rest, request }
  })
  body.cause = blotted(body.cause, erasure)
}

function blotWritten(body: Fields, kind: number, erasure: Erasure): void {
  if (kind === KIND.publish) {
    const messages = body.messages as Fields[]
    body.messages = messages.map((message) => blotMessage(message, erasure))
    if (messages.some((message) => isBy(message, erasure))) delete body.connectionId
  } else if (kind === KIND.annotate) {
    const annotations = body.annotations as Fields[]
    body.annotations = annotations.map((each) => (isBy(each, erasure) ? withoutWords(each) : each))
  } else {
    blotAmendment(body, erasure)
  }
}

function blotAmendment(body: Fields, erasure: Erasure): void {
  const message = body.message as Fields
  body.message = blotMessage(message, erasure)
  if (isBy(message, erasure) && erasure.messages === 'delete') delete body.fragment
  const version = message.version as Fields | undefined
  if (version === undefined || version.clientId !== erasure.clientId) return
  delete body.connectionId
  const { description: _description, metadata: _metadata, ...rest } = version
  body.message = { ...(body.message as Fields), version: rest }
}

function isBy(fields: Fields, { clientId }: Erasure): boolean {
  return fields.clientId === clientId
}

/** Nothing of a deleted message stays but that there was one; of a kept one what says who wrote it goes. */
function blotMessage(message: Fields, erasure: Erasure): Fields {
  if (!isBy(message, erasure)) return unnamed(message, erasure)
  if (erasure.messages === 'delete') return withoutWords(message)
  const { connectionId: _connectionId, extras, ...rest } = message
  if (extras === undefined) return rest
  const { userClaim: _userClaim, ...others } = extras as Fields
  return { ...rest, extras: others }
}

/** What the server itself has written names people beside their ids. */
function unnamed(message: Fields, { clientId }: Erasure): Fields {
  const { data, encoding } = message
  if (message.clientId !== undefined || encoding !== 'json' || typeof data !== 'string')
    return message
  const parsed: unknown = JSON.parse(data)
  const next = JSON.stringify(nameless(parsed, clientId))
  return next === JSON.stringify(parsed) ? message : { ...message, data: next }
}

function nameless(value: unknown, clientId: string): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => nameless(item, clientId))
  const members = Object.entries(value).map(([name, member]) => [name, nameless(member, clientId)])
  const { id, name } = value as Fields
  const isTheirs = id === clientId && typeof name === 'string'
  return { ...Object.fromEntries(members), ...(isTheirs && { name: BLOT }) }
}

function withoutWords(fields: Fields): Fields {
  const gone = new Set(['data', 'bytes', 'encoding', 'extras', 'connectionId', 'id'])
  // A name of an annotation says what it counts as; that of a message is free text.
  if (!('messageSerial' in fields)) gone.add('name')
  const message = Object.fromEntries(Object.entries(fields).filter(([name]) => !gone.has(name)))
  // A stored state names its id; a publish need not.
  return 'serial' in message ? { ...message, id: message.serial } : message
}
