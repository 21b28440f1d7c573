// Looks at addresses for link previews, without being led anywhere inside.

import {
  type GuardedOptions,
  guardedFetch,
  requestGuarded,
  resolveHost,
} from '../auth/guarded-fetch.ts'
import { type FetchedPicture, fetchPicture } from '../auth/picture-fetch.ts'
import { type PageFacts, pageFacts } from './page-facts.ts'

export type LinkSettings = {
  readonly isOn: boolean
  /** Origins of the operator's choice: may be private, plain http, any port. */
  readonly trustedOrigins: readonly string[]
}

export type SeenPage = PageFacts & { readonly url: string }

export type Links = {
  readonly isOn: boolean
  /** Undefined for whatever reason: whoever asks does not learn what lies behind an address. */
  page(url: string): Promise<SeenPage | undefined>
  picture(url: string): Promise<FetchedPicture>
}

/** Enough for the head of a page; bytes. */
const PAGE_BYTES = 524_288
const PICTURE_BYTES = 2_097_152
/** For a page with its redirects, and again for its picture; milliseconds. */
const LIMIT_MS = 5_000
const LONGEST_URL = 2_000

export function linksOf(settings: LinkSettings, more: Partial<GuardedOptions> = {}): Links {
  const options: GuardedOptions = {
    trustedOrigins: settings.trustedOrigins,
    limitMs: LIMIT_MS,
    resolve: resolveHost,
    request: requestGuarded,
    ...more,
  }
  return {
    isOn: settings.isOn,
    async page(url) {
      if (url.length > LONGEST_URL) return undefined
      const accept = 'text/html,application/xhtml+xml'
      const wanted = { maxBytes: PAGE_BYTES, accept, isCut: true, isPlainAllowed: true }
      const fetched = await guardedFetch(url, wanted, options)
      if (!fetched.ok || fetched.answer.status !== 200) return undefined
      const { body, contentType = '' } = fetched.answer
      if (body === 'too_large' || !/^(text\/html|application\/xhtml\+xml)\b/i.test(contentType))
        return undefined
      const { image, ...facts } = pageFacts(body, contentType)
      if (facts.title === undefined && facts.description === undefined) return undefined
      const at = image !== undefined && URL.canParse(image, fetched.url.href) ? image : undefined
      return {
        ...facts,
        url: fetched.url.href,
        ...(at !== undefined && { image: new URL(at, fetched.url).href }),
      }
    },
    picture: (url) => fetchPicture(url, options, { maxBytes: PICTURE_BYTES, isPlainAllowed: true }),
  }
}
