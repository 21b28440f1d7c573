// What is said of the reader's own rights in a channel: why one cannot write, until when, what ends soon.

import { words } from '../../../ui/words.ts'

export const rightsTexts = words('rights', {
  canWriteAt: (time: string) => `You can write here again at ${time}`,
  cannotWriteNow: 'You cannot write here now',
  heldBy: (title: string, name: string | undefined, reason: string | undefined) =>
    `${title}${name === undefined ? '' : ` by ${name}`}${reason === undefined || reason === '' ? '.' : `: “${reason}”${/[.!?…]$/.test(reason) ? '' : '.'}`}`,
  stillReact: 'You can still read and react.',
  stillRead: 'You can still read.',
  sendAt: (time: string) => `Send at ${time}`,
  waitsUntil: (time: string) => `Waiting until ${time}; it is sent by itself`,
  waitsToWrite: 'Waiting until you may write here; it is sent by itself',
  waitsForTurn: (time: string) => `Waiting for your turn at ${time}; it is sent by itself`,
  doNotSend: 'Do not send it',
  askToEnd: 'Ask to end it',
  askedToEnd: 'You have asked to end it.',
  onlySome: (channel: string) => `Only moderators write in #${channel}`,
  archived: (channel: string) => `#${channel} is archived`,
  archivedWhy: 'It can be read and searched, and nobody writes here any more.',
  howLong: 'For how long',
  forGood: 'For good',
  left: (text: string) => `${text} left`,
  pace: (every: string) => `One message every ${every} here.`,
  paceWait: (seconds: string) => `Yours goes in ${seconds}`,
  roleEnds: (role: string, minutes: number, time: string) =>
    `Your ${role} role ends in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, at ${time}.`,
  askToExtend: 'Ask to extend',
  askedToExtend: 'You have asked to extend it.',
  why: 'Why?',
  dismiss: 'Dismiss',
  shutOut: (title: string, channel: string, until: string | undefined) =>
    until === undefined ? `${title} from #${channel}` : `${title} from #${channel} until ${until}`,
  shutOutText: 'Nothing of it is left on this device but your own draft.',
})
