// Until when a conversation is put aside, by the reader's day. Pure.

export type SnoozeChoice = 'hour' | 'afternoon' | 'tomorrow' | 'week'

const MORNING = 9
const AFTERNOON = 14

/** Milliseconds since 1970. An afternoon that is over is tomorrow's. */
export function snoozedUntil(choice: SnoozeChoice, nowMs: number): number {
  const at = new Date(nowMs)
  switch (choice) {
    case 'hour':
      return nowMs + 3_600_000
    case 'afternoon':
      return at.getHours() < AFTERNOON
        ? at.setHours(AFTERNOON, 0, 0, 0)
        : new Date(at.setDate(at.getDate() + 1)).setHours(AFTERNOON, 0, 0, 0)
    case 'tomorrow':
      return new Date(at.setDate(at.getDate() + 1)).setHours(MORNING, 0, 0, 0)
    case 'week':
      return new Date(at.setDate(at.getDate() + 7)).setHours(MORNING, 0, 0, 0)
  }
}
