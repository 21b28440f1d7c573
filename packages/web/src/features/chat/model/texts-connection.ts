// What the banner says of the connection.

import { words } from '../../../ui/words.ts'

export const connectionTexts = words('connection', {
  signedOut: 'You are signed out.',
  keptHere: 'What you wrote is kept on this device.',
  signIn: 'Sign in',
  tryAgain: 'Try again',
  notConnected: 'Not connected.',
  kept: 'What you write is kept.',
  load: 'Load',
  gap: 'Some messages may be missing.',
  gapWhy: 'More was said while you were away.',
  offline: 'You are offline.',
  sentLater: 'You can keep writing; it is sent when you are back.',
  nextTry: (seconds: number): string => `Next try in ${seconds} s.`,
  trying: 'Trying now.',
  tryNow: 'Try now',
  reconnecting: 'Reconnecting.',
  connected: 'Connected.',
  noGap: 'Nothing is missing any more.',
  connecting: 'Connecting.',
  keepWriting: 'You can keep writing.',
  refused: 'the server refused the connection',
})
