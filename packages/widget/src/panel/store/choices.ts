// What the visitor chose, in this browser.

import { keep, keptText } from './kept.ts'

/** Of what is new: `sound`: it is heard; `title`: it is counted before the title of the page. */
export type Choice = 'sound' | 'title'

export type Chosen = Readonly<Record<Choice, boolean>>

export function keptChoices(): Chosen {
  return { sound: keptText('sound') === '1', title: keptText('title') === '1' }
}

export function keepChoice(choice: Choice, isOn: boolean): void {
  keep(choice, isOn ? '1' : '0')
}
