import { words } from '../../../../../ui/words.ts'

export const texts = words('admin.people.sessions', {
  title: 'Signed in at',
  none: 'They are signed in nowhere.',
  unknown: 'A device that does not say what it is',
  since: (at: string) => `Signed in ${at}`,
  seen: (at: string) => `last seen ${at}`,
  live: (count: number) => (count === 1 ? '1 live connection' : `${count} live connections`),
  show: 'Show addresses',
  hide: 'Mask addresses',
  end: 'Sign out',
  endOf: (device: string, at: string) => `Sign out ${device}, signed in ${at}`,
  endAll: 'Sign out everywhere…',
  endTitle: (name: string) => `Sign ${name} out everywhere?`,
  endText:
    'What is connected by these sessions is cut off at once. They can sign in again: to keep somebody out, take their roles.',
  confirm: 'Sign out everywhere',
  reason: 'Reason (optional)',
  ended: (count: number) =>
    count === 1 ? 'Signed out in one place.' : `Signed out in ${count} places.`,
})
