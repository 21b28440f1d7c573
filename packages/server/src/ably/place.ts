// Where on which channel a client means to be: a plain name, one with params in it, or a filtered view.

import { type Lens, placeId } from '@sayso/channel'
import type { ChannelName } from '@sayso/policy'
import {
  FrameInvalid,
  isChannelName,
  type ParsedChannelName,
  parseChannelName,
} from '@sayso/protocol'
import { Failure } from '../commands/failure.ts'
import { isServedMeta } from '../meta-channels.ts'
import type { Params } from './attach-params.ts'
import { messageFilter } from './message-filter.ts'

export type Place = {
  /** As the client spelled it. */
  readonly name: string
  /** The channel behind it. */
  readonly channel: ChannelName
  /** What names the place in the channel. */
  readonly id: string
  readonly lens?: Lens
  /** Params that stand in the name. */
  readonly params: Params
  /** Shows some messages and takes none. */
  readonly isFiltered: boolean
}

/** @throws {FrameInvalid} `channel_name_invalid`, `not_supported`; `bad_parameter` for a filter that is none */
export function placeOf(connection: string, raw: string): Place {
  const parsed = parseChannelName(raw)
  if (!isChannelName(parsed))
    throw new FrameInvalid('channel_name_invalid', parsed.invalid, { channel: raw })
  const meta = metaBehind(parsed)
  const { base, params, filter, qualifier } = parsed
  if (meta !== undefined) {
    const same = { name: raw, channel: meta, params, isFiltered: false }
    return meta === raw
      ? { ...same, id: connection }
      : { ...same, id: placeId(connection, raw), lens: { name: raw } }
  }
  if (qualifier !== undefined && filter === undefined)
    throw new FrameInvalid('not_supported', `\`${raw}\` is a channel this server does not offer`, {
      channel: raw,
    })
  if (base === raw) return { name: raw, channel: base, id: connection, params, isFiltered: false }
  const lens = filter === undefined ? { name: raw } : { name: raw, see: messageFilter(filter) }
  const isFiltered = filter !== undefined
  return { name: raw, channel: base, id: placeId(connection, raw), lens, params, isFiltered }
}

/** The meta channel that a name stands for, with params in it or without; undefined if it is none that is served. */
export function metaBehind({ qualifier, base }: ParsedChannelName): ChannelName | undefined {
  const name = `[meta]${base}`
  return qualifier === 'meta' && isServedMeta(name) ? (name as ChannelName) : undefined
}

/** The channel behind a name under which a place was taken; other names are channels of their own. */
export function channelBehind(name: string): ChannelName {
  const base = name.slice(name.indexOf(']') + 1)
  if (name.startsWith('[meta?')) return `[meta]${base}` as ChannelName
  const isDerived = name.startsWith('[?') || name.startsWith('[filter=')
  return (isDerived ? base : name) as ChannelName
}

/** @throws {Failure} `invalid` where a place is only for looking */
export function requireWritable({ isFiltered }: Place): void {
  if (isFiltered)
    throw new Failure('invalid', 'a filtered channel is for subscribing only', {
      remedy: 'use the channel by its own name',
    })
}
