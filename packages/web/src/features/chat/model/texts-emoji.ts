// What the emoji picker says. Names of emoji come with the emoji.

import { words } from '../../../ui/words.ts'

export const emojiTexts = words('emoji', {
  pick: 'Emoji',
  find: 'Find an emoji',
  recent: 'Used last',
  /** In the order of `EMOJI_GROUPS`. */
  groups: [
    'Smileys and feelings',
    'People and gestures',
    'Animals and nature',
    'Food and drink',
    'Travel and places',
    'Activities',
    'Objects',
    'Symbols',
    'Flags',
  ],
  results: 'Found',
  found: (count: number) => (count === 1 ? '1 emoji' : `${count} emoji`),
  none: (query: string) => `No emoji for “${query}”.`,
  tone: 'Skin tone',
  tones: ['None', 'Light', 'Medium light', 'Medium', 'Medium dark', 'Dark'],
  failed: 'The emoji could not be loaded.',
  again: 'Try again',
})
