// Sentences of forms and dialogs, whichever page they stand on.

import { words } from './words.ts'

export const formTexts = words('forms', {
  cancel: 'Cancel',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Select it and copy it by hand.',
  keptIt: 'I have kept it',
  notReached: 'The server was not reached. Nothing was changed.',
  typeToConfirm: (name: string): string => `Type ${name} to confirm`,
  unsaved: {
    title: 'Leave without saving?',
    text: 'What you entered here is lost.',
    leave: 'Leave',
  },
  mendThese: 'Not saved. Please look at:',
  saved: 'Saved',
})
