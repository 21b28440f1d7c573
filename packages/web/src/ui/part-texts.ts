// The few words that the parts of every page bring along.

import { words } from './words.ts'

export const partTexts = words('parts', {
  keepIt: 'Keep it',
  close: 'Close',
  hidePassword: 'Hide password',
  showPassword: 'Show password',
  /** A title, and how many things under it are new. */
  fresh: (title: string, count: number): string => `${title}, ${count} new`,
  today: (date: string): string => `Today, ${date}`,
  yesterday: (date: string): string => `Yesterday, ${date}`,
})
