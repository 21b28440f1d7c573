// What is said of who is here, who writes, and what one is told of.

import { words } from '../../../ui/words.ts'

export const liveTexts = words('live', {
  availability: {
    online: 'Online',
    away: 'Away',
    dnd: 'Do not disturb',
    offline: 'Not here',
  },
  dndUntil: (end: string) => `Do not disturb until ${end}`,
  awayUntil: (end: string) => `Away until ${end}`,
  /** After one's name and what one is. */
  youAre: (state: string) => `, ${state}: change how others see you`,
  state: 'How others see you',
  administer: 'Administration',
  desk: 'Desk',
  onlineDetail: 'Away by itself when you are not at the page',
  awayDetail: 'Until you change it',
  dnd: {
    title: 'Do not disturb: nothing notifies you',
    half: 'For 30 minutes',
    hour: 'For an hour',
    tomorrow: 'Until tomorrow morning',
    open: 'Until you change it',
  },
  setStatus: 'Set a status',
  changeStatus: 'Change the status',
  clearStatus: 'Clear the status',
  status: {
    title: 'Your status',
    text: 'Everybody who sees you in a channel sees it beside your name.',
    label: 'What is going on',
    emoji: 'Emoji of the status',
    noEmoji: 'Pick an emoji',
    end: 'Goes by itself',
    save: 'Set the status',
    suggestions: 'Suggestions',
    never: 'No',
    half: 'In 30 minutes',
    hour: 'In an hour',
    hours: 'In 4 hours',
    today: 'At the end of today',
    week: 'At the end of this week',
    meeting: 'In a meeting',
    lunch: 'Lunch',
    focus: 'Focusing',
    sick: 'Out sick',
    holiday: 'On holiday',
  },
  typing: {
    one: (name: string) => `${name} is typing`,
    two: (one: string, other: string) => `${one} and ${other} are typing`,
    three: (one: string, two: string, three: string) => `${one}, ${two} and ${three} are typing`,
    several: 'Several people are typing',
  },
  statusOf: (text: string) => `Status: ${text}`,
})
