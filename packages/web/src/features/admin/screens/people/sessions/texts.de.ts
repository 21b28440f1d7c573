import type { texts } from './texts.ts'

export const sessionTextsDe: typeof texts = {
  title: 'Angemeldet an',
  none: 'Sie sind nirgends angemeldet.',
  unknown: 'Ein Gerät, das nicht sagt, was es ist',
  since: (at) => `Angemeldet ${at}`,
  seen: (at) => `zuletzt gesehen ${at}`,
  live: (count) => (count === 1 ? '1 offene Verbindung' : `${count} offene Verbindungen`),
  show: 'Adressen zeigen',
  hide: 'Adressen verdecken',
  end: 'Abmelden',
  endOf: (device, at) => `${device} abmelden, angemeldet ${at}`,
  endAll: 'Überall abmelden …',
  endTitle: (name) => `${name} überall abmelden?`,
  endText:
    'Was über diese Anmeldungen verbunden ist, wird sofort getrennt. Sie können sich wieder anmelden: Um jemanden fernzuhalten, nimm die Rollen weg.',
  confirm: 'Überall abmelden',
  reason: 'Grund (freiwillig)',
  ended: (count) => (count === 1 ? 'An einem Ort abgemeldet.' : `An ${count} Orten abgemeldet.`),
}
