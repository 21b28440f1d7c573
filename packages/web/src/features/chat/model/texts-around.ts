// The texts around a message: what one can do with it, reactions, answers, threads, pins, reports.

import { words } from '../../../ui/words.ts'

export const texts = words('chat-around', {
  actions: 'Message actions',
  actionsOf: (name: string) => `Actions for the message of ${name}`,
  more: 'More actions',
  react: 'React',
  otherReaction: 'Another reaction',
  reactWith: (emoji: string) => `React with ${emoji}`,
  takeBack: (emoji: string) => `Take ${emoji} back`,
  reactions: 'Reactions',
  /** `names`: at most a few; `others`: how many more. */
  reacted: (emoji: string, names: readonly string[], others: number) => {
    const all = others === 0 ? names : [...names, others === 1 ? '1 other' : `${others} others`]
    const list =
      all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
    return `${list} reacted with ${emoji}`
  },
  reactionCount: (emoji: string, count: number) =>
    `${emoji}, ${count === 1 ? '1 person' : `${count} people`}`,
  whoReacted: 'Who reacted',
  andOthers: (count: number) => (count === 1 ? 'and 1 other' : `and ${count} others`),
  close: 'Close',
  you: 'you',
  reply: 'Reply',
  replyDetail: 'Quotes it in the channel',
  replyTo: (name: string) => `Answering ${name}`,
  cancelReply: 'Answer nothing',
  quotedGone: 'The message was deleted',
  quotedMissing: 'The message is not to be had',
  quoteOf: (name: string) => `In answer to ${name}`,
  edit: 'Edit',
  copyText: 'Copy text',
  copyLink: 'Copy link',
  copied: 'Copied',
  remove: 'Delete',
  removeDetail: 'You have 10 seconds to undo it',
  removeOther: (name: string) => `Everyone will see that you deleted what ${name} wrote`,
  going: (seconds: number) => `Deleted in ${seconds} s`,
  goingNow: 'Deleting',
  goingSaid: 'The message will be deleted in 10 seconds.',
  undo: 'Undo',
  goneMeanwhile: 'The message was deleted meanwhile',
  notAllowed: 'You can no longer do this here',
})
