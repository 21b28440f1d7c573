// What notices and the choices about them say.

import { words } from '../../../ui/words.ts'

export const notifyTexts = words('notify', {
  mentioned: 'You were mentioned',
  messages: (count: number) => (count === 1 ? 'New message' : `${count} new messages`),
  mentionedBy: (name: string, place: string) => `${name} mentioned you in ${place}`,
  saidBy: (name: string, place: string) => `${name} in ${place}`,
  file: 'Sent a file',
  whileAway: 'While you were away',
  inChannels: (count: number, channels: number) =>
    `${count === 1 ? 'One new message' : `${count} new messages`} in ${channels === 1 ? 'one channel' : `${channels} channels`}`,
  /** A channel. */
  title: 'Notifications',
  ofChannel: (channel: string) => `Notifications of ${channel}`,
  usual: (level: string) => `Usual: ${level}`,
  level: {
    all: 'All messages',
    mentions: 'Mentions of you',
    none: 'Nothing',
  },
  noneDetail: 'The channel is quiet in the list, and what is unread does not count',
  noneHour: 'Nothing for an hour',
  noneDay: 'Nothing until tomorrow morning',
  until: (end: string) => `Until ${end}`,
  more: 'All notification settings',
  /** The settings. */
  system: {
    title: 'Notifications of the system',
    hint: 'Shown by this device, also while you look at something else.',
    ask: 'Turn on for this device',
    denied:
      'This browser does not let these pages notify you. Allow notifications for this address in its settings.',
    unsupported: 'This browser shows notifications of pages neither here nor in other tabs.',
    on: 'Show notifications',
  },
  usualTitle: 'Tell me of',
  usualHint:
    'In channels for which nothing else is chosen. Messages between people are always told.',
  hideText: 'No text in notifications',
  hideTextHint: 'They say where something was said, not who said what.',
  sound: 'Sound',
  soundHint: 'A short tone with each notification.',
  tryIt: 'Hear it',
  quiet: 'Quiet hours',
  quietHint: (zone: string) => `Nothing notifies you then. By the clocks of ${zone}.`,
  from: 'From',
  to: 'To',
  days: 'On the days',
  zone: 'Clocks of',
  here: (zone: string) => `Use the clocks of this device (${zone})`,
  typing: 'Show when I am typing',
  typingHint: 'Others in the channel see your name above their composer.',
})
