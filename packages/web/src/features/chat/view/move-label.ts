// What a menu calls the things that can be done to somebody.

import '../../../ui/more-icons.ts'
import type { MoveView } from '@sayso/client'
import { grammar } from '../model/grammar.ts'
import { peopleTexts } from '../model/texts-people.ts'

export function labelOf(move: MoveView): string {
  const { command, action = '', to } = move
  switch (command) {
    case 'promote':
      return peopleTexts.promoteTo(grammar.roleWord(to))
    case 'demote':
      return peopleTexts.demoteTo(grammar.roleWord(to))
    case 'admit':
      return peopleTexts.letInAs(grammar.roleWord(to))
    case 'restrain':
      return peopleTexts.actions[action] ?? peopleTexts.restrainAs(grammar.roleWord(to))
    case 'release':
      return peopleTexts.undoActions[action] ?? peopleTexts.releaseAs(grammar.roleWord(to))
  }
}

const ICONS: Readonly<Record<string, string>> = {
  promote: 'shield-plus',
  demote: 'shield-minus',
  admit: 'user-plus',
  mute: 'message-square-off',
  remove: 'user-minus',
}

export function iconOf({ command, action = '' }: MoveView): string {
  return ICONS[command] ?? ICONS[action] ?? 'shield'
}
