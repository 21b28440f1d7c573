// What the composer says, in German.

import type { composerTexts } from './texts-composer.ts'

export const composerTextsDe: typeof composerTexts = {
  send: 'Senden',
  close: 'Schließen',
}
