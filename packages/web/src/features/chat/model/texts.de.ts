import { upperFirst } from './grammar.ts'
import { hash, reasonOf, type texts } from './texts.ts'

export const textsDe: typeof texts = {
  channels: 'Kanäle',
  notices: 'Hinweise',
  people: 'Leute',
  you: 'Du',
  newBadge: 'Neu',
  readOnly: 'Nur lesen',
  newMessages: (count) => (count === 1 ? '1 neue Nachricht' : `${count} neue Nachrichten`),
  edited: '(bearbeitet)',
  deletedBy: (name) => (name === undefined ? 'Nachricht gelöscht' : `Nachricht gelöscht: ${name}`),
  byYou: 'von dir',
  automatic: 'Automatisch',
  someone: 'Jemand',
  composer: (channel) => `Nachricht an ${hash(channel)}`,
  emptyChannel: (channel) => `In ${hash(channel)} ist noch nichts gesagt worden.`,
  emptyChannelCanWrite: 'Die erste Nachricht gehört dir.',
  noHistory:
    'Du siehst, was ab jetzt gesagt wird. Frühere Nachrichten stehen dir hier nicht offen.',
  startOf: (channel) => `Hier beginnt ${hash(channel)}.`,
  noNotices: 'Keine Hinweise. Wenn sich deine Rechte ändern, steht es hier zum Nachlesen.',
  lostChannel: (channel) => ({
    title: `Du hast keinen Zugang mehr zu ${hash(channel)}`,
    text: 'Was du dort geschrieben hast, bleibt dort.',
  }),
  noChannel: (key) => ({
    title: `${hash(key)} steht dir nicht offen`,
    text: 'Den Kanal gibt es nicht, oder du darfst ihn nicht betreten.',
  }),
  locked: (channel, about) => ({
    title: `${hash(channel)}: Zugang auf Anfrage`,
    text: about === undefined || about === '' ? 'Du kannst um Zugang bitten.' : about,
  }),
  requestAccess: 'Um Zugang bitten',
  requested: 'Angefragt',
  whyLabel: 'Ein Wort an die, die entscheiden (freiwillig)',
  asked: 'Du hast um Zugang gebeten. Sobald jemand Ja sagt, öffnet sich der Kanal hier von selbst.',
  withdraw: 'Anfrage zurücknehmen',
  wantIn: 'Bitten um Zugang',
  letIn: 'Einlassen',
  decline: 'Ablehnen',
  letInAs: (role) => `als ${role}`,
  wantsIn: (channel, name) => ({
    tone: 'news',
    glyph: 'lock',
    title: `${name === undefined ? 'Jemand' : upperFirst(name)} bittet um Zugang zu ${hash(channel)}`,
    text: 'Antworte dort in der Liste der Leute.',
  }),
  declined: (channel, by) => ({
    tone: 'loss',
    glyph: 'lock',
    title: `Du wurdest nicht in ${hash(channel)} eingelassen`,
    text: by,
  }),
  noChannels: {
    title: 'Dir steht noch kein Kanal offen',
    text: 'Sobald dir jemand Zugang gibt, erscheint er hier von selbst.',
  },
  cannotWrite: (channel, hadIt) =>
    hadIt
      ? `Du kannst in ${hash(channel)} nicht mehr schreiben`
      : `Du kannst ${hash(channel)} lesen, aber nicht schreiben`,
  cannotWriteWhy: 'Um hier zu schreiben, braucht man eine Rolle, die du nicht hast.',
  canStillRead: 'Lesen kannst du weiterhin.',
  draftKept: 'Dein Entwurf ist aufgehoben',
  copyDraft: 'Entwurf kopieren',
  goTo: (channel) => `Zu ${hash(channel)}`,
  editGone:
    'Du kannst deine eigenen Nachrichten hier nicht mehr ändern. Dein Text bleibt, bis du dies schließt.',
  failure: {
    rights_changed:
      'Nicht gesendet: Deine Rechte haben sich beim Schreiben geändert. Dein Text ist aufgehoben.',
    too_long: 'Nicht gesendet: Die Nachricht ist zu lang. Kürze sie und sende sie noch einmal.',
    refused: 'Nicht gesendet.',
  },
  notDone: (cause) => ({
    tone: 'news',
    glyph: 'circle-alert',
    title: 'Nicht getan',
    text: reasonOf(cause),
  }),
  rightsChanged: 'Das kannst du hier nicht mehr tun.',
  loadingOlder: 'Frühere Nachrichten werden geladen',
  sending: 'Wird gesendet',
  waiting: 'Wartet auf die Verbindung',
  line: {
    noRole: (hasBy) => `{who} hat hier keine Rolle mehr${hasBy ? ', geändert von {by}' : ''}`,
    again: (_role, hasBy) => `{who} ist wieder {role}${hasBy ? ', geändert von {by}' : ''}`,
    made: (_role, hasBy) => `{who} ist jetzt {role}${hasBy ? ', ernannt von {by}' : ''}`,
    pinned: '{who} hat {message} angeheftet',
    unpinned: '{who} hat {message} abgenommen',
    aMessage: 'eine Nachricht',
    because: (reason) => `: „${reason}“`,
  },
  theme: { title: 'Aussehen', system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  allSettings: 'Alle Einstellungen',
  settings: 'Einstellungen',
  signOut: 'Abmelden',
  today: (date) => `Heute, ${date}`,
  yesterday: (date) => `Gestern, ${date}`,
  noReason: 'Der Server hat nicht gesagt, warum.',
}
