// What is drawn in a row beside the text. It is on its way while the first messages are, and nobody waits for it.

import { lazy } from 'react'

const chips = () => import('./reaction-chips.tsx')
const quote = () => import('./quote-head.tsx')
const going = () => import('./going.tsx')
const tools = () => import('./message-tools.tsx')

export const ReactionChips = lazy(() => chips().then((own) => ({ default: own.ReactionChips })))
export const QuoteHead = lazy(() => quote().then((own) => ({ default: own.QuoteHead })))
export const Going = lazy(() => going().then((own) => ({ default: own.Going })))
export const MessageTools = lazy(() => tools().then((own) => ({ default: own.MessageTools })))

/** Fetches them, so that they are there when the first message is. */
export function fetchRowParts(): void {
  for (const part of [chips, quote, going, tools]) part().catch(() => undefined)
}
