// What is drawn in a row beside the text, and below the rows. It is on its way while the first messages are, and nobody waits for it.

import { beside } from '../../load-beside.ts'

export const ReactionChips = beside('ReactionChips')
export const QuoteHead = beside('QuoteHead')
export const Going = beside('Going')
export const ThreadChip = beside('ThreadChip')
export const AuthorStatus = beside('AuthorStatus')
export const NewestPill = beside('NewestPill')
export const UnsentFailed = beside('UnsentFailed')
export const UnsentHeld = beside('UnsentHeld')
export const PinMark = beside('PinMark')
export const MessageTools = beside('MessageTools')
export const HeaderTools = beside('HeaderTools')
