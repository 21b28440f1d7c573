// The truth about the connection, and the one banner that tells it. Pure; times in milliseconds.

import { sentence } from '../../../ui/sentence.ts'
import { connectionTexts as said } from './texts-connection.ts'

export type Link =
  | { readonly kind: 'fine' }
  | {
      readonly kind: 'lost'
      readonly sinceMs: number
      /** Absent: trying now. */
      readonly nextTryAtMs?: number | undefined
      /** False until the first time it was connected. */
      readonly wasFine: boolean
    }
  | { readonly kind: 'refused'; readonly detail: string }

/** A state of the realtime connection, by the names the Ably SDK uses. */
export type LinkEvent = {
  readonly state: string
  readonly retryInMs?: number | undefined
  readonly detail?: string | undefined
  readonly atMs: number
}

export function startingLink(nowMs: number): Link {
  return { kind: 'lost', sinceMs: nowMs, wasFine: false }
}

export function afterState(link: Link, event: LinkEvent): Link {
  switch (event.state) {
    case 'connected':
      return link.kind === 'fine' ? link : { kind: 'fine' }
    case 'failed':
      return { kind: 'refused', detail: event.detail ?? said.refused }
    default:
      return {
        kind: 'lost',
        sinceMs: link.kind === 'lost' ? link.sinceMs : event.atMs,
        wasFine: link.kind === 'fine' || (link.kind === 'lost' && link.wasFine),
        nextTryAtMs: event.retryInMs === undefined ? undefined : event.atMs + event.retryInMs,
      }
  }
}

export type Banner = {
  readonly kind: 'lost' | 'offline' | 'refused' | 'signed_out' | 'gap'
  readonly strong: string
  readonly text: string
  readonly action?: { readonly label: string; readonly does: 'try' | 'load' | 'sign_in' }
}

export type BannerInput = {
  readonly link: Link
  readonly isOnline: boolean
  readonly isSignedOut: boolean
  readonly hasGap: boolean
  readonly nowMs: number
}

/** A short loss is not worth a word: shown after this long. */
export const QUIET_MS = 2_000

/** The one banner to show, the most serious first. */
export function bannerOf(input: BannerInput): Banner | undefined {
  const { link, nowMs } = input
  if (input.isSignedOut) {
    return {
      kind: 'signed_out',
      strong: said.signedOut,
      text: said.keptHere,
      action: { label: said.signIn, does: 'sign_in' },
    }
  }
  if (link.kind === 'refused') {
    const action = { label: said.tryAgain, does: 'try' } as const
    return {
      kind: 'refused',
      strong: said.notConnected,
      text: `${sentence(link.detail)} ${said.kept}`,
      action,
    }
  }
  if (link.kind === 'lost' && nowMs - link.sinceMs >= QUIET_MS) return lostBanner(link, input)
  if (!input.hasGap) return undefined
  const action = { label: said.load, does: 'load' } as const
  return {
    kind: 'gap',
    strong: said.gap,
    text: said.gapWhy,
    action,
  }
}

/** What is heard of a banner; without one, that the last is over. */
export function heardOf(banner: Banner | undefined, last: Banner['kind'] | undefined): string {
  if (banner !== undefined) return banner.strong
  if (last === undefined || last === 'signed_out') return ''
  return last === 'gap' ? said.noGap : said.connected
}

/** When the banner has to be drawn again because time went on; absent: never. */
export function nextDrawInMs(link: Link, nowMs: number): number | undefined {
  if (link.kind !== 'lost') return undefined
  const quiet = link.sinceMs + QUIET_MS - nowMs
  return quiet > 0 ? quiet : 1_000
}

function lostBanner(link: Extract<Link, { kind: 'lost' }>, input: BannerInput): Banner {
  if (!input.isOnline) {
    return {
      kind: 'offline',
      strong: said.offline,
      text: said.sentLater,
    }
  }
  const seconds = Math.ceil(((link.nextTryAtMs ?? input.nowMs) - input.nowMs) / 1000)
  const next = seconds > 0 ? said.nextTry(seconds) : said.trying
  const action = { label: said.tryNow, does: 'try' } as const
  return {
    kind: 'lost',
    strong: link.wasFine ? said.reconnecting : said.connecting,
    text: `${next} ${said.keepWriting}`,
    ...(seconds > 0 ? { action } : {}),
  }
}
