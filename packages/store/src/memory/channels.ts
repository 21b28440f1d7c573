// Messages of the memory store: per channel what was told, and each message with all its states.

import type { Message } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import { amendMessage } from '../rules/amend.ts'
import { isWithin, serialBounds } from '../rules/history.ts'
import type { Place } from '../rules/position.ts'
import {
  amendedEntry,
  type PreparedAmend,
  type PreparedPublish,
  publishedEntry,
} from '../rules/prepare.ts'
import type {
  HistoryPage,
  HistoryQuery,
  MessageFeedEntry,
  SincePage,
  SinceQuery,
} from '../store.ts'

type State = { readonly revision: Revision; readonly message: Message }
type Channel = { readonly told: MessageFeedEntry[]; readonly states: Map<string, State[]> }

export function createChannels() {
  const channels = new Map<ChannelName, Channel>()
  const channelOf = (name: ChannelName): Channel => {
    const channel = channels.get(name) ?? { told: [], states: new Map() }
    channels.set(name, channel)
    return channel
  }
  const versions = (channel: ChannelName, serial: string, upTo: Revision): Message[] =>
    (channels.get(channel)?.states.get(serial) ?? [])
      .filter(({ revision }) => revision <= upTo)
      .map(({ message }) => message)

  const latest = ({
    channel,
    amendment,
  }: {
    channel: ChannelName
    amendment: { serial: string }
  }): Message | undefined => channels.get(channel)?.states.get(amendment.serial)?.at(-1)?.message

  return {
    versions,
    latest,
    /** Takes a place in the channel and returns what is told there. The message of an amendment exists. */
    add(entry: PreparedPublish | PreparedAmend, place: Place): MessageFeedEntry {
      const told = entry.kind === 'publish' ? publishedEntry(entry, place) : amended(entry, place)
      const { told: before, states } = channelOf(entry.channel)
      before.push(told)
      for (const message of told.messages) {
        const earlier = states.get(message.serial) ?? []
        earlier.push({ revision: told.revision, message })
        states.set(message.serial, earlier)
      }
      return told
    },
    history(query: HistoryQuery): HistoryPage {
      const bounds = serialBounds(query)
      const serials = [...(channels.get(query.channel)?.states.keys() ?? [])]
      if (query.direction === 'backwards') serials.reverse()
      const messages = serials
        .filter((serial) => isWithin(serial, bounds))
        .flatMap((serial) => versions(query.channel, serial, query.upTo).slice(-1))
      return { messages: messages.slice(0, query.limit), hasMore: messages.length > query.limit }
    },
    since({ channel, limit, upTo }: SinceQuery, after: Revision): SincePage {
      const told = (channels.get(channel)?.told ?? []).filter(
        ({ revision }) => revision > after && revision <= upTo,
      )
      return { kind: 'events', entries: told.slice(0, limit), hasMore: told.length > limit }
    },
  }

  function amended(entry: PreparedAmend, place: Place): MessageFeedEntry {
    const before = latest(entry)
    if (before === undefined) throw new Error('the amended message was not looked up first')
    return amendedEntry(entry, amendMessage(before, entry.amendment, place), place)
  }
}
