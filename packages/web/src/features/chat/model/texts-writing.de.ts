// What the aids of the composer say, in German.

import type { writingTexts } from './texts-writing.ts'

export const writingTextsDe: typeof writingTexts = {
  completion: 'Vorschläge',
  chosen: (name, place, count) => `${name}, ${place} von ${count}`,
  everyone: 'Alle in diesem Kanal',
  rolePeople: (count) => (count === 1 ? '1 Person' : `${count} Personen`),
  callsMany: (count) => `Das ruft ${count} Personen.`,
  format: 'Formatieren',
  formats: {
    strong: 'Fett',
    emphasis: 'Kursiv',
    strike: 'Durchgestrichen',
    code: 'Code',
    link: 'Link',
    list: 'Liste',
    quote: 'Zitat',
    block: 'Codeblock',
  },
  preview: 'Vorschau',
  previewHint: 'Zeigen, wie es aussehen wird',
  needs: (name, takes) => `Schreib /${name} und danach: ${takes}.`,
  emoji: 'Emoji',
  edit: 'Nachricht bearbeiten',
  editHint: (isByEnter) =>
    isByEnter
      ? 'Enter speichert, Escape lässt sie, wie sie war.'
      : 'Strg+Enter speichert, Escape lässt sie, wie sie war.',
  cancel: 'Abbrechen',
  save: 'Speichern',
  newVersion: {
    title: 'Es gibt eine neuere Version',
    text: 'Lade die Seite neu, wenn es dir passt. Nichts Geschriebenes geht verloren.',
  },
  commands: {
    shrug: 'Ein Schulterzucken anhängen',
    shrugTakes: 'Text',
    topic: 'Ändern, worum es in diesem Kanal geht',
    topicTakes: 'worum es geht',
  },
}
