// Sentences of conversations that move without one's doing: handed on, lost, closed by a rule.

import { words } from '../../../ui/words.ts'

export const moveTexts = words('desk.moves', {
  handOver: {
    title: 'This conversation is no longer with you',
    notOpen: 'This conversation is not open to you',
    titles: {
      claimed: 'Somebody else has this conversation',
      closed: 'This conversation is closed',
      erased: 'This conversation is gone',
    },
    claimed: (by: string) => `${by} took it and has it now.`,
    released: (by: string) => `${by} gave it back: it waits for somebody.`,
    closed: (by: string) => `${by} closed it.`,
    erased: 'What was said in it was erased.',
    plain:
      'Your role does not include it, or there is none of that address. Nothing of it is on this screen.',
    has: (to: string, by: string | undefined) =>
      by === undefined ? `${to} has it now.` : `${to} has it now. ${by} handed it on.`,
    took: (by: string) => `${by} changed who has it.`,
    rights: 'Your rights changed, so it went back to the queue.',
    reason: (text: string) => `“${text}”`,
    draft: 'Your draft is kept',
    discard: 'Discard the draft',
  },
  closing: {
    open: 'Close silent ones…',
    isOff: 'Yours stay open until somebody closes them',
    isOn: (after: string) => `Yours close after ${after} of silence`,
    title: 'Close silent conversations by themselves?',
    text: 'In your name, when a visitor has said nothing for so long after an answer. Their next message begins a new one.',
    has: 'Close mine by themselves',
    after: 'Minutes of silence',
    warn: 'Say so before, minutes',
    warnHint: 'The visitor reads it too. 0: without a word.',
    unfit: 'Whole minutes: at least one of silence, and said before it is over.',
    saved: 'Silent conversations of yours close by themselves',
    dropped: 'Your conversations stay open',
  },
})
