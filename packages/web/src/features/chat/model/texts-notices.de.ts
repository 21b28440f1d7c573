import { grammar } from './grammar.ts'
import type { noticeTexts } from './texts-notices.ts'

export const noticeTextsDe: typeof noticeTexts = {
  open: (where) => `${where} steht dir offen`,
  lost: (where) => `Du hast keinen Zugang mehr zu ${where}`,
  roleAgain: (role, where) => `Du bist in ${where} wieder ${grammar.aRole(role)}`,
  roleNow: (role, where) => `Du bist in ${where} jetzt ${grammar.aRole(role)}`,
  held: (title, where) => `${title} in ${where}`,
  until: (time) => ` bis ${time}`,
  roleHere: (role, isLoss) => `Du bist hier ${isLoss ? '' : 'jetzt '}${grammar.aRole(role)}`,
  roleEnded: 'Deine Rolle hier ist zu Ende',
  changed: (where) => `Deine Rechte in ${where} haben sich geändert`,
  canNow: (phrase, where) => `In ${where} kannst du jetzt ${phrase}`,
  canNoLongerIn: (phrase, where) => `In ${where} kannst du nicht mehr ${phrase}`,
  can: (phrases) => `Du kannst ${phrases}.`,
  canNoLonger: (phrase) => `Du kannst nicht mehr ${phrase}.`,
  canNoLongerEither: (phrases) => `Auch ${phrases} kannst du nicht mehr.`,
  rightsChanged: 'Deine Rechte hier haben sich geändert.',
  there: (phrases) => `dort ${phrases}`,
  enter: (channels) => `${channels} betreten`,
  closed: (channels, count) =>
    `${channels} ${count === 1 ? 'ist' : 'sind'} dir jetzt verschlossen.`,
  draftHere: 'Dein Entwurf ist noch da.',
}
