// What the composer says of files before there is one, in German.

import type { attachTexts } from './texts-attach.ts'

export const attachTextsDe: typeof attachTexts = {
  attach: 'Dateien anhängen',
  files: 'Dateien',
}
