// Every sentence about taking one's data along and deleting one's account.

import { words } from '../../ui/words.ts'

export const privacyTexts = words('privacy', {
  blocked: {
    title: 'Blocked people',
    about:
      'They cannot write to you in direct messages, nor you to them. You block somebody from their card or the menu beside their name.',
    none: 'You have blocked nobody.',
    end: 'Unblock',
    ended: (name: string): string => `${name} is no longer blocked.`,
  },
  export: {
    title: 'Take your data along',
    about:
      'One archive with your profile, sessions and roles, your messages in every version, your reactions, drafts and files, and what the audit log says of you.',
    start: 'Export my data',
    running: (soFar: string): string => `Fetching, ${soFar} so far`,
    stop: 'Stop',
    done: (size: string): string => `Saved, ${size}.`,
    failed: 'The archive could not be fetched to its end. Check the connection and try again.',
  },
  erase: {
    title: 'Delete your account',
    about:
      'This takes effect at once and cannot be undone. You are signed out everywhere, and your roles, requests, invitations, reactions, drafts, settings and unsent files are gone.',
    messages: 'What becomes of your messages',
    keep: 'Leave them, without my name',
    delete: 'Delete them all, with the files in them',
    keepHint: 'Others still read them, under “Deleted person”.',
    deleteHint: 'Conversations keep a mark where each of them was.',
    confirmName: (name: string): string => `Type your name to confirm: ${name}`,
    nameWrong: 'This is not your name as it stands above.',
    password: 'Your password',
    submit: 'Delete my account',
    running: 'Deleting your account',
    wrongPassword: 'This is not your password.',
    signInAgain:
      'Your account has no password. Sign out, sign in again, and come back here within ten minutes.',
    lastOwner: 'You are the last owner of this place. Make somebody else an owner first.',
    usersFile:
      'Your account stands in the users file of this server. Whoever runs it takes you out there.',
  },
})
