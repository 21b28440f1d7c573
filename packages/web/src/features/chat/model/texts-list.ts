// What the message list says about itself.

import { words } from '../../../ui/words.ts'
import type { Said } from './notices.ts'
import { hash } from './texts.ts'

export const listTexts = words('list', {
  newSince: (time: string): string => `New since ${time}`,
  messagesIn: (channel: string): string => `Messages in ${hash(channel)}`,
  jumpToLatest: 'Jump to latest',
  markRead: 'Mark read',
  notHere: {
    tone: 'news',
    glyph: 'circle-alert',
    title: 'That message is not here',
    text: 'Either there is no such message, or it is not open to you.',
  } as Said,
  notReached: {
    tone: 'news',
    glyph: 'unplug',
    title: 'That message was not reached',
    text: 'The server did not answer. Follow the link again when you are connected.',
  } as Said,
  cannotOpen: 'This channel could not be opened.',
  cannotLoad: 'Its messages could not be loaded.',
  noAnswer: 'There was no answer',
  withCode: (detail: string, code: number | undefined): string =>
    code === undefined ? detail : `${detail} (${code})`,
  tryAgain: 'Try again',
  manyNew: (count: number): string => `${count} new messages`,
  wasDeleted: 'message deleted',
})
