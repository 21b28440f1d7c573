// What the composer says of files before there is one.

import { words } from '../../../ui/words.ts'

export const attachTexts = words('attach', {
  attach: 'Attach files',
  files: 'Files',
})
