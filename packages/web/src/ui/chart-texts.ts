// Sentences of charts over time.

import { words } from './words.ts'

export const chartTexts = words('charts', {
  before: 'The span before',
  now: 'This span',
  few: 'fewer than 5',
  chartHint: 'Arrow keys read one step after another.',
})
