// German, beside its English.

import type { chartTexts } from './chart-texts.ts'
import type { formTexts } from './form-texts.ts'

export const formTextsDe: typeof formTexts = {
  cancel: 'Abbrechen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyByHand: 'Markiere es und kopiere es von Hand.',
  keptIt: 'Ich habe es aufgehoben',
  notReached: 'Der Server war nicht zu erreichen. Nichts wurde geändert.',
  typeToConfirm: (name) => `Zum Bestätigen ${name} eingeben`,
  unsaved: {
    title: 'Ohne Speichern gehen?',
    text: 'Was du hier eingegeben hast, geht verloren.',
    leave: 'Gehen',
  },
  mendThese: 'Nicht gespeichert. Bitte ansehen:',
  saved: 'Gespeichert',
}

export const chartTextsDe: typeof chartTexts = {
  before: 'Der Zeitraum davor',
  now: 'Dieser Zeitraum',
  few: 'weniger als 5',
  chartHint: 'Die Pfeiltasten lesen Schritt für Schritt vor.',
}
