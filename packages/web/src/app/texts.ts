// Sentences of the pages around the chat, and of the parts all pages are made of.

import { words } from '../ui/words.ts'

export const pageTexts = words('pages', {
  signIn: 'Sign in',
  signOut: 'Sign out',
  startChatting: 'Start chatting',
  noOwner: 'This server has no owner yet. Open the set-up link it printed when it started.',
  notReached: 'The server was not reached',
  tryAgain: 'Try again',
  nothingHere: 'Nothing is here',
  leadsNowhere: 'The address leads nowhere. It may have been cut short.',
  toTheStart: 'To the start',
  /** Of a window, before the name of the place. */
  titles: {
    password: 'New password',
    confirm: 'Confirm your e-mail',
    firstRun: 'First run',
  },
})
