// What the composer says from the first moment. What comes with its aids is in `texts-writing.ts`.

import { words } from '../../../ui/words.ts'

export const composerTexts = words('composer', {
  send: 'Send',
  close: 'Close',
})
