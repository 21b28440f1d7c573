// German, beside its English.

import type { moveTexts } from './texts-moves.ts'

export const deskMoveTextsDe: typeof moveTexts = {
  handOver: {
    title: 'Dieses Gespräch ist nicht mehr bei dir',
    notOpen: 'Dieses Gespräch ist nicht für dich offen',
    titles: {
      claimed: 'Jemand anders hat dieses Gespräch',
      closed: 'Dieses Gespräch ist geschlossen',
      erased: 'Dieses Gespräch gibt es nicht mehr',
    },
    claimed: (by) => `${by} hat es genommen.`,
    released: (by) => `${by} hat es zurückgegeben: Es wartet auf jemanden.`,
    closed: (by) => `${by} hat es geschlossen.`,
    erased: 'Was darin gesagt wurde, ist gelöscht.',
    plain:
      'Deine Rolle umfasst es nicht, oder unter der Adresse ist keins. Auf diesem Bildschirm steht nichts davon.',
    has: (to, by) =>
      by === undefined ? `${to} hat es jetzt.` : `${to} hat es jetzt. ${by} hat es übergeben.`,
    took: (by) => `${by} hat geändert, wer es hat.`,
    rights: 'Deine Rechte haben sich geändert, darum ging es zurück in die Warteschlange.',
    reason: (text) => `„${text}“`,
    draft: 'Dein Entwurf ist aufgehoben',
    discard: 'Entwurf verwerfen',
  },
  closing: {
    open: 'Stille schließen…',
    isOff: 'Deine bleiben offen, bis jemand sie schließt',
    isOn: (after) => `Deine schließen nach ${after} Stille`,
    title: 'Stille Gespräche von selbst schließen?',
    text: 'In deinem Namen, wenn jemand nach einer Antwort so lange nichts sagt. Die nächste Nachricht beginnt ein neues.',
    has: 'Meine von selbst schließen',
    after: 'Minuten Stille',
    warn: 'Vorher sagen, Minuten',
    warnHint: 'Auch die Gegenseite liest es. 0: ohne ein Wort.',
    unfit: 'Ganze Minuten: wenigstens eine Stille, und gesagt, bevor sie um ist.',
    saved: 'Stille Gespräche von dir schließen von selbst',
    dropped: 'Deine Gespräche bleiben offen',
  },
}
