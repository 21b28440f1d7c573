// What is drawn in a row beside the text, and below the rows. It is on its way while the first messages are, and nobody waits for it.

import { lazy } from '../../../../ui/late.ts'

const chips = () => import('./reaction-chips.tsx')
const quote = () => import('./quote-head.tsx')
const going = () => import('./going.tsx')
const thread = () => import('./thread-chip.tsx')
const status = () => import('../live/author-status.tsx')
const pill = () => import('../newest-pill.tsx')
const failed = () => import('./unsent-failed.tsx')
const held = () => import('./unsent-held.tsx')
const pin = () => import('./pin-mark.tsx')
const tools = () => import('./message-tools.tsx')

export const ReactionChips = lazy(() => chips().then((own) => ({ default: own.ReactionChips })))
export const QuoteHead = lazy(() => quote().then((own) => ({ default: own.QuoteHead })))
export const Going = lazy(() => going().then((own) => ({ default: own.Going })))
export const ThreadChip = lazy(() => thread().then((own) => ({ default: own.ThreadChip })))
export const AuthorStatus = lazy(() => status().then((own) => ({ default: own.AuthorStatus })))
export const NewestPill = lazy(() => pill().then((own) => ({ default: own.NewestPill })))
export const UnsentFailed = lazy(() => failed().then((own) => ({ default: own.UnsentFailed })))
export const UnsentHeld = lazy(() => held().then((own) => ({ default: own.UnsentHeld })))
export const PinMark = lazy(() => pin().then((own) => ({ default: own.PinMark })))
export const MessageTools = lazy(() => tools().then((own) => ({ default: own.MessageTools })))

export const HeaderTools = lazy(() =>
  import('./header-tools.tsx').then((own) => ({ default: own.HeaderTools })),
)

/** Fetches them, so that they are there when the first message is. */
export function fetchRowParts(): void {
  for (const part of [chips, quote, going, thread, pin, tools, status])
    part().catch(() => undefined)
}
