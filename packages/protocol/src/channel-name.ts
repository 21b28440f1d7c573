// Channel names as clients spell them: an optional bracket with a qualifier and params, then the name proper.

import type { ChannelName } from '@sayso/policy'

/** A valid name, taken apart. */
export type ParsedChannelName = {
  /** As the client spelled it; every answer repeats this. */
  readonly name: ChannelName
  /** What kind of derived channel it is; absent for an ordinary one. */
  readonly qualifier?: ChannelQualifier
  /** The expression of `[filter=…]`, still base64. */
  readonly filter?: string
  /** Channel params from the bracket, for example `rewind`. */
  readonly params: Readonly<Record<string, string>>
  /** The name without its bracket; `*` for `[permissions]*`. */
  readonly base: ChannelName
  /** The part of `base` before the first `:`; the rules of a channel hang off it. */
  readonly namespace: string
}

/** `permissions` is our own: the reader's rights in the channel, or everywhere for `*`. */
export type ChannelQualifier = 'meta' | 'filter' | 'permissions'

export type InvalidChannelName = {
  /** A sentence for `channel_name_invalid`. */
  readonly invalid: string
}

/** Characters. */
export const maxChannelNameLength = 2048

const words: ReadonlySet<string> = new Set(['meta', 'permissions'])

/** Takes a channel name apart, or says why it is none. Nothing about rights is decided here. */
export function parseChannelName(raw: string): ParsedChannelName | InvalidChannelName {
  if (raw.length > maxChannelNameLength)
    return { invalid: `channel name is longer than ${maxChannelNameLength} characters` }
  if (hasControl(raw) || /\p{Surrogate}/u.test(raw))
    return { invalid: 'channel name has a line break, a control character or broken Unicode' }
  if (!raw.startsWith('[')) return withBase({ name: raw as ChannelName, params: {} }, raw)
  const end = raw.indexOf(']')
  if (end === -1) return { invalid: `channel name \`${raw}\` has a bracket without an end` }
  const bracket = parseBracket(raw.slice(1, end))
  if (bracket === undefined)
    return { invalid: `channel name begins with \`${raw.slice(0, end + 1)}\`, which means nothing` }
  return withBase({ name: raw as ChannelName, ...bracket }, raw.slice(end + 1))
}

/** Tells whether a parse succeeded. */
export function isChannelName(
  parsed: ParsedChannelName | InvalidChannelName,
): parsed is ParsedChannelName {
  return !('invalid' in parsed)
}

function withBase(
  start: Omit<ParsedChannelName, 'base' | 'namespace'>,
  base: string,
): ParsedChannelName | InvalidChannelName {
  if (base === '') return { invalid: 'channel name is empty' }
  if (base.startsWith(':') || base.startsWith('['))
    return { invalid: `channel name \`${base}\` begins with \`${base[0]}\`` }
  return { ...start, base: base as ChannelName, namespace: base.split(':', 1)[0] ?? base }
}

type Bracket = Pick<ParsedChannelName, 'qualifier' | 'filter' | 'params'>

function parseBracket(inside: string): Bracket | undefined {
  const mark = inside.indexOf('?')
  const word = mark === -1 ? inside : inside.slice(0, mark)
  const params = mark === -1 ? {} : parseParams(inside.slice(mark + 1))
  if (params === undefined) return undefined
  if (word === '') return mark === -1 ? undefined : { params }
  if (words.has(word)) return { qualifier: word as ChannelQualifier, params }
  const filter = /^filter=([A-Za-z0-9+/_-]+={0,2})$/.exec(word)?.[1]
  return filter === undefined ? undefined : { qualifier: 'filter', filter, params }
}

// Also keeps `__proto__` out.
const paramName = /^[A-Za-z][A-Za-z0-9_-]*$/

function parseParams(query: string): Record<string, string> | undefined {
  const pairs: [string, string][] = []
  for (const part of query.split('&')) {
    const [key = '', text, ...more] = part.split('=')
    const value = text === undefined ? undefined : percentDecoded(text)
    if (!paramName.test(key) || value === undefined || more.length > 0) return undefined
    pairs.push([key, value])
  }
  return Object.fromEntries(pairs)
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 || unit === 0x7f) return true
  }
  return false
}
