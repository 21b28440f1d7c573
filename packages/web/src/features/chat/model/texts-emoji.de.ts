// What the emoji picker says, in German.

import type { emojiTexts } from './texts-emoji.ts'

export const emojiTextsDe: typeof emojiTexts = {
  pick: 'Emoji',
  find: 'Emoji suchen',
  recent: 'Zuletzt benutzt',
  groups: [
    'Smileys und Gefühle',
    'Menschen und Gesten',
    'Tiere und Natur',
    'Essen und Trinken',
    'Reisen und Orte',
    'Aktivitäten',
    'Gegenstände',
    'Symbole',
    'Flaggen',
  ],
  results: 'Gefunden',
  found: (count) => `${count} Emoji`,
  none: (query) => `Kein Emoji für „${query}“.`,
  tone: 'Hautton',
  tones: ['Ohne', 'Hell', 'Mittelhell', 'Mittel', 'Mitteldunkel', 'Dunkel'],
  failed: 'Die Emoji konnten nicht geladen werden.',
  again: 'Noch einmal',
}
