import type { RoleView } from '@sayso/client'
import { ended, type grammar, upperFirst } from './grammar.ts'

/** Roles are nouns: they keep their capital. */
const roleWord = (role: RoleView) => role.title

export const grammarDe: typeof grammar = {
  actions: {
    subscribe: { verb: 'lesen', object: '' },
    publish: { verb: 'schreiben', object: '' },
    history: { verb: 'sehen', object: 'frühere Nachrichten' },
    'message-delete-any': { verb: 'löschen', object: 'fremde Nachrichten' },
    'message-update-any': { verb: 'ändern', object: 'fremde Nachrichten' },
    'message-delete-own': { verb: 'löschen', object: 'eigene Nachrichten' },
    'message-update-own': { verb: 'ändern', object: 'eigene Nachrichten' },
    promote: { verb: 'befördern', object: 'andere' },
    demote: { verb: 'zurückstufen', object: 'andere' },
  },
  phrase: (verbs, object) => `${object} ${verbs}`.trim(),
  and: ' und ',
  lastAnd: ' sowie ',
  aRole: roleWord,
  roleWord,
  changedWhileAway: 'Das hat sich geändert, während du weg warst.',
  because: (reason) => `Grund: „${reason}“`,
  changedByYou: (reason) => `Das hast du selbst geändert${german(reason)}`,
  changedBy: (name, isGain, reason) =>
    `${upperFirst(name)} hat ${isGain ? 'dir das gegeben' : 'das geändert'}${german(reason)}`,
}

function german(reason: string): string {
  return reason === '' ? ended(reason) : `: „${reason}“`
}
