import type { partTexts } from '../ui/part-texts.ts'
import type { pageTexts } from './texts.ts'

export const pageTextsDe: typeof pageTexts = {
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  startChatting: 'Zum Chat',
  noOwner:
    'Dieser Server gehört noch niemandem. Öffne den Einrichtungslink, den er beim Start ausgegeben hat.',
  notReached: 'Der Server wurde nicht erreicht',
  tryAgain: 'Noch einmal versuchen',
  nothingHere: 'Hier ist nichts',
  leadsNowhere: 'Diese Adresse führt nirgendwohin. Vielleicht ist sie abgeschnitten.',
  toTheStart: 'Zum Anfang',
  titles: {
    password: 'Neues Passwort',
    confirm: 'E-Mail bestätigen',
    firstRun: 'Erster Start',
  },
}

export const partTextsDe: typeof partTexts = {
  keepIt: 'Behalten',
  close: 'Schließen',
  hidePassword: 'Passwort verbergen',
  showPassword: 'Passwort zeigen',
  fresh: (title, count) => `${title}, ${count} neu`,
  today: (date) => `Heute, ${date}`,
  yesterday: (date) => `Gestern, ${date}`,
}
