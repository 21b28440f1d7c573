// How sentences about rights are put together in the language of the reader.

import type { CauseView, RoleView } from '@sayso/client'
import { words } from '../../../ui/words.ts'

type ActionWords = { readonly verb: string; readonly object: string }

/** What an action lets one do. Actions without a control on screen have no words. */
const ACTIONS: Readonly<Record<string, ActionWords>> = {
  subscribe: { verb: 'read', object: '' },
  publish: { verb: 'write', object: '' },
  history: { verb: 'see', object: 'earlier messages' },
  'message-delete-any': { verb: 'delete', object: 'others’ messages' },
  'message-update-any': { verb: 'edit', object: 'others’ messages' },
  'message-delete-own': { verb: 'delete', object: 'your own messages' },
  'message-update-own': { verb: 'edit', object: 'your own messages' },
  promote: { verb: 'promote', object: 'people' },
  demote: { verb: 'demote', object: 'people' },
}

export const grammar = words('grammar', {
  /** By the name of the action, in the order in which they are said. */
  actions: ACTIONS,
  /** `delete and edit` + `others’ messages` */
  phrase: (verbs: string, object: string): string => `${verbs} ${object}`.trim(),
  and: ' and ',
  /** Between parts of which some are lists themselves. */
  lastAnd: ', and ',
  /** A role as what somebody is: `a moderator`. */
  aRole: (role: RoleView): string => {
    const article = /^[aeiou]/i.test(role.title) ? 'an' : 'a'
    return `${article} ${roleInSentence(role)}`
  },
  /** A role inside a sentence; one in capitals keeps them. */
  roleWord: roleInSentence,
  changedWhileAway: 'This changed while you were away.',
  because: (reason: string): string => `Reason: “${reason}”`,
  /** Who changed it; `reason` is already quoted, or empty. */
  changedByYou: (reason: string): string => `You changed this yourself${ended(reason)}`,
  changedBy: (name: string, isGain: boolean, reason: string): string =>
    `${upperFirst(name)} ${isGain ? 'gave you this' : 'changed this'}${ended(reason)}`,
})

/** `delete others’ messages`, `promote and demote people`: one phrase per object, in the order of the catalogue. */
export function phrasesOf(actions: readonly string[]): readonly string[] {
  const verbs = new Map<string, string[]>()
  for (const [action, said] of Object.entries(grammar.actions)) {
    if (!actions.includes(action)) continue
    verbs.set(said.object, [...(verbs.get(said.object) ?? []), said.verb])
  }
  return [...verbs].map(([object, list]) => grammar.phrase(listed(list), object))
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  // A part that is a list itself needs the comma to be told apart.
  const isNested = parts.slice(0, -1).some((part) => part.includes(grammar.and))
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')}${isNested ? grammar.lastAnd : grammar.and}${parts.at(-1)}`
}

export function upperFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}

/** Who changed it, as a sentence; empty if that may not be known. */
export function changedBy(cause: CauseView | undefined, me: string, isGain: boolean): string {
  if (cause === undefined) return grammar.changedWhileAway
  const { reason = '' } = cause
  if (cause.by === undefined) return reason === '' ? '' : grammar.because(reason)
  if (cause.by.id === me) return grammar.changedByYou(reason)
  return grammar.changedBy(cause.by.name, isGain, reason)
}

/** The end of a sentence, with the reason if there is one. */
export function ended(reason: string): string {
  return reason === '' ? '.' : `: “${reason}”`
}

function roleInSentence(role: RoleView): string {
  const { title } = role
  if (title === title.toLocaleUpperCase()) return title
  return title.charAt(0).toLocaleLowerCase() + title.slice(1)
}
