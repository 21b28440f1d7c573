import { hash } from './texts.ts'
import type { listTexts } from './texts-list.ts'

export const listTextsDe: typeof listTexts = {
  newSince: (time) => `Neu seit ${time}`,
  messagesIn: (channel) => `Nachrichten in ${hash(channel)}`,
  jumpToLatest: 'Zum Neuesten',
  markRead: 'Als gelesen markieren',
  notHere: {
    tone: 'news',
    glyph: 'circle-alert',
    title: 'Diese Nachricht ist nicht hier',
    text: 'Entweder gibt es sie nicht, oder sie ist dir nicht zugänglich.',
  },
  notReached: {
    tone: 'news',
    glyph: 'unplug',
    title: 'Diese Nachricht wurde nicht erreicht',
    text: 'Der Server hat nicht geantwortet. Folge dem Link noch einmal, sobald du verbunden bist.',
  },
  cannotOpen: 'Dieser Kanal ließ sich nicht öffnen.',
  cannotLoad: 'Seine Nachrichten ließen sich nicht laden.',
  noAnswer: 'Es kam keine Antwort',
  withCode: (detail, code) => (code === undefined ? detail : `${detail} (${code})`),
  tryAgain: 'Noch einmal versuchen',
  manyNew: (count) => `${count} neue Nachrichten`,
  wasDeleted: 'Nachricht gelöscht',
}
