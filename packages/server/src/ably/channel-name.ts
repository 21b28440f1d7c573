// Which channel a client means. Derived channels have doors of their own; this one takes plain names.

import type { ChannelName } from '@sayso/policy'
import { FrameInvalid, isChannelName, parseChannelName } from '@sayso/protocol'
import { metaBehind } from './place.ts'

/**
 * Reads a name that may have params in it, `[?rewind=1]news`: they say nothing where nobody attaches.
 *
 * @throws {WireInvalid} `channel_name_invalid`; `not_supported` for derived channels nobody serves
 */
export function channelName(raw: string): ChannelName {
  const parsed = parseChannelName(raw)
  if (!isChannelName(parsed))
    throw new FrameInvalid('channel_name_invalid', parsed.invalid, { channel: raw })
  const meta = metaBehind(parsed)
  if (meta !== undefined) return meta
  if (parsed.qualifier !== undefined) {
    throw new FrameInvalid(
      'not_supported',
      `\`${raw}\` is a derived channel this server does not offer`,
      { channel: raw },
    )
  }
  return parsed.base
}
