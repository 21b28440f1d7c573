// What a change of rights is told as. Names of channels come with their mark: `#general`.

import type { RoleView } from '@sayso/client'
import { words } from '../../../ui/words.ts'
import { grammar } from './grammar.ts'

export const noticeTexts = words('notices', {
  open: (where: string): string => `${where} is open to you`,
  lost: (where: string): string => `You no longer have access to ${where}`,
  roleAgain: (role: RoleView, where: string): string =>
    `You are ${grammar.aRole(role)} of ${where} again`,
  roleNow: (role: RoleView, where: string): string =>
    `You are now ${grammar.aRole(role)} of ${where}`,
  held: (title: string, where: string): string => `${title} in ${where}`,
  until: (time: string): string => ` until ${time}`,
  roleHere: (role: RoleView, isLoss: boolean): string =>
    `You are ${isLoss ? '' : 'now '}${grammar.aRole(role)} here`,
  roleEnded: 'Your role here ended',
  changed: (where: string): string => `Your rights in ${where} changed`,
  canNow: (phrase: string, where: string): string => `You can now ${phrase} in ${where}`,
  canNoLongerIn: (phrase: string, where: string): string =>
    `You can no longer ${phrase} in ${where}`,
  can: (phrases: string): string => `You can ${phrases}.`,
  canNoLonger: (phrase: string): string => `You can no longer ${phrase}.`,
  canNoLongerEither: (phrases: string): string => `You can no longer ${phrases} either.`,
  rightsChanged: 'Your rights here changed.',
  there: (phrases: string): string => `${phrases} there`,
  enter: (channels: string): string => `enter ${channels}`,
  closed: (channels: string, count: number): string =>
    `${channels} ${count === 1 ? 'has' : 'have'} closed for you.`,
  draftHere: 'Your draft is still here.',
})
