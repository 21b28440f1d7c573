import type { texts } from './texts-around.ts'

export const aroundTextsDe: typeof texts = {
  actions: 'Aktionen zur Nachricht',
  actionsOf: (name) => `Aktionen zur Nachricht von ${name}`,
  more: 'Weitere Aktionen',
  react: 'Reagieren',
  otherReaction: 'Andere Reaktion',
  reactWith: (emoji) => `Mit ${emoji} reagieren`,
  takeBack: (emoji) => `${emoji} zurücknehmen`,
  reactions: 'Reaktionen',
  reacted: (emoji, names, others) => {
    const all =
      others === 0 ? names : [...names, others === 1 ? 'eine weitere Person' : `${others} weitere`]
    const list =
      all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} und ${all.at(-1)}`
    return `Mit ${emoji} reagiert: ${list}`
  },
  reactionCount: (emoji, count) => `${emoji}, ${count === 1 ? '1 Person' : `${count} Personen`}`,
  whoReacted: 'Wer reagiert hat',
  andOthers: (count) => (count === 1 ? 'und eine weitere Person' : `und ${count} weitere`),
  close: 'Schließen',
  you: 'du',
  reply: 'Antworten',
  replyDetail: 'Zitiert sie im Kanal',
  replyTo: (name) => `Antwort an ${name}`,
  cancelReply: 'Doch nicht antworten',
  quotedGone: 'Die Nachricht wurde gelöscht',
  quotedMissing: 'Die Nachricht ist nicht zu haben',
  quoteOf: (name) => `Als Antwort auf ${name}`,
  edit: 'Bearbeiten',
  copyText: 'Text kopieren',
  copyLink: 'Link kopieren',
  copied: 'Kopiert',
  remove: 'Löschen',
  removeDetail: 'Du kannst es 10 Sekunden lang rückgängig machen',
  removeOther: (name) => `Alle sehen, dass du gelöscht hast, was ${name} schrieb`,
  going: (seconds) => `Gelöscht in ${seconds} s`,
  goingNow: 'Wird gelöscht',
  goingSaid: 'Die Nachricht wird in 10 Sekunden gelöscht.',
  undo: 'Rückgängig',
  goneMeanwhile: 'Die Nachricht wurde inzwischen gelöscht',
  notAllowed: 'Das kannst du hier nicht mehr tun',
}
