// What the memory store holds of each message: its states and its annotations, as of any revision.

import type { Annotation, Message } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import type { PreparedAmend } from '../rules/prepare.ts'
import { Tally } from '../rules/tally.ts'
import type { ChannelFeedEntry } from '../store.ts'

type State = { readonly revision: Revision; readonly message: Message }
type Remark = { readonly revision: Revision; readonly annotation: Annotation }
type HeldMessage = { readonly states: State[]; readonly remarks: Remark[] }
type Channel = { readonly told: ChannelFeedEntry[]; readonly held: Map<string, HeldMessage> }

export type Held = ReturnType<typeof createHeld>

export function createHeld() {
  const channels = new Map<ChannelName, Channel>()
  const at = (channel: ChannelName, serial: string): HeldMessage | undefined =>
    channels.get(channel)?.held.get(serial)
  const versions = (channel: ChannelName, serial: string, upTo: Revision): Message[] =>
    (at(channel, serial)?.states ?? [])
      .filter(({ revision }) => revision <= upTo)
      .map(({ message }) => message)
  const tally = (channel: ChannelName, serial: string, upTo: Revision): Tally => {
    const counted = new Tally()
    for (const { revision, annotation } of at(channel, serial)?.remarks ?? [])
      if (revision <= upTo) counted.apply(annotation)
    return counted
  }
  return {
    at,
    versions,
    tally,
    find: (name: ChannelName) => channels.get(name),
    findOrAdd(name: ChannelName): Channel {
      const channel = channels.get(name) ?? { told: [], held: new Map() }
      channels.set(name, channel)
      return channel
    },
    /** The latest state, with what its annotations add up to. */
    message(channel: ChannelName, serial: string, upTo: Revision): Message | undefined {
      const state = versions(channel, serial, upTo).at(-1)
      if (state === undefined) return undefined
      const summary = tally(channel, serial, upTo).summary()
      return Object.keys(summary).length === 0 ? state : { ...state, summary }
    },
    /** The state an amendment would change. */
    latest: ({ channel, amendment }: Pick<PreparedAmend, 'channel' | 'amendment'>) =>
      at(channel, amendment.serial)?.states.at(-1)?.message,
  }
}
