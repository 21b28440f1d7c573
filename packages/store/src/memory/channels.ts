// Channels of the memory store: entries take their place in one, and are read back from it.

import type { Summary } from '@sayso/channel'
import type { ChannelName, Revision } from '@sayso/policy'
import { amendMessage, versionSerial } from '../rules/amend.ts'
import { isWithin, serialBounds } from '../rules/history.ts'
import type { Place } from '../rules/position.ts'
import {
  amendedEntry,
  annotatedEntry,
  type PreparedAmend,
  type PreparedAnnotate,
  type PreparedEntry,
  type PreparedPublish,
  publishedEntry,
} from '../rules/prepare.ts'
import { summedSerials } from '../rules/tally.ts'
import type {
  AnnotationFeedEntry,
  AnnotationsPage,
  AnnotationsQuery,
  ChannelFeedEntry,
  HistoryPage,
  HistoryQuery,
  MessageFeedEntry,
  SincePage,
  SinceQuery,
} from '../store.ts'
import { createHeld, type Held } from './held.ts'
import { createThreads } from './threads.ts'

export function createChannels() {
  const held = createHeld()
  return {
    ...createThreads(held),
    versions: held.versions,
    message: held.message,
    latest: held.latest,
    /** True if every message that is amended or annotated is there. */
    hasTargets(entry: PreparedEntry): boolean {
      if (entry.kind === 'amend') return held.latest(entry) !== undefined
      if (entry.kind !== 'annotate') return true
      const { channel, annotations } = entry
      return annotations.every((each) => held.at(channel, each.messageSerial) !== undefined)
    },
    /** True unless a message that is amended, and is there, has another version than the one that was looked at. */
    isOntoLatest(entry: PreparedEntry): boolean {
      if (entry.kind !== 'amend' || entry.expectVersion === undefined) return true
      const latest = held.latest(entry)
      return latest !== undefined && versionSerial(latest) === entry.expectVersion
    },
    /** Takes a place in the channel and returns what is told there. The messages it is about exist. */
    add(entry: PreparedPublish | PreparedAmend | PreparedAnnotate, place: Place): ChannelFeedEntry {
      const told =
        entry.kind === 'annotate' ? annotated(held, entry, place) : said(held, entry, place)
      held.findOrAdd(entry.channel).told.push(kept(told))
      return told
    },
    history(query: HistoryQuery): HistoryPage {
      const bounds = serialBounds(query)
      const serials = [...(held.find(query.channel)?.held.keys() ?? [])]
      if (query.direction === 'backwards') serials.reverse()
      const messages = serials
        .filter((serial) => isWithin(serial, bounds))
        .flatMap((serial) => held.message(query.channel, serial, query.upTo) ?? [])
      return { messages: messages.slice(0, query.limit), hasMore: messages.length > query.limit }
    },
    since({ channel, limit, upTo }: SinceQuery, after: Revision): SincePage {
      const told = (held.find(channel)?.told ?? []).filter(
        ({ revision }) => revision > after && revision <= upTo,
      )
      return { kind: 'events', entries: told.slice(0, limit), hasMore: told.length > limit }
    },
    annotations(query: AnnotationsQuery): AnnotationsPage {
      const { channel, messageSerial, limit, afterSerial = '', upTo } = query
      const found = (held.at(channel, messageSerial)?.remarks ?? [])
        .filter(({ revision, annotation }) => revision <= upTo && annotation.serial > afterSerial)
        .map(({ annotation }) => annotation)
      return { annotations: found.slice(0, limit), hasMore: found.length > limit }
    },
    clientSummary: (
      channel: ChannelName,
      serial: string,
      client: string,
      upTo: Revision,
    ): Summary => held.tally(channel, serial, upTo).summaryFor(client),
  }
}

/** What can be read later, which says nothing of messages that may be others by then. */
function kept(told: ChannelFeedEntry): ChannelFeedEntry {
  if (told.kind === 'message') return told
  const { about: _, ...entry } = told
  return entry
}

function said(held: Held, entry: PreparedPublish | PreparedAmend, place: Place): MessageFeedEntry {
  const told = entry.kind === 'publish' ? publishedEntry(entry, place) : amended(held, entry, place)
  const { held: messages } = held.findOrAdd(entry.channel)
  for (const message of told.messages) {
    const known = messages.get(message.serial) ?? { states: [], remarks: [] }
    known.states.push({ revision: told.revision, message })
    messages.set(message.serial, known)
  }
  return told
}

function amended(held: Held, entry: PreparedAmend, place: Place): MessageFeedEntry {
  const before = held.latest(entry)
  if (before === undefined) throw new Error('the amended message was not looked up first')
  return amendedEntry(entry, amendMessage(before, entry.amendment, place), place)
}

function annotated(held: Held, entry: PreparedAnnotate, place: Place): AnnotationFeedEntry {
  const { channel } = entry
  const told = annotatedEntry(entry, [], place)
  const { revision } = told
  for (const annotation of told.annotations)
    held.at(channel, annotation.messageSerial)?.remarks.push({ revision, annotation })
  const summaries = [...summedSerials(entry.annotations)].map((messageSerial) => ({
    messageSerial,
    summary: held.tally(channel, messageSerial, revision).summary(),
  }))
  if (!entry.withMessages) return { ...told, summaries }
  const serials = new Set(entry.annotations.map(({ messageSerial }) => messageSerial))
  const about = [...serials].flatMap((serial) => held.versions(channel, serial, revision).slice(-1))
  return { ...told, summaries, about }
}
