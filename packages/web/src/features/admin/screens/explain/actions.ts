// What can be asked about: every action some role of a type gives, the words of everyday first. Pure.

import type { Option } from '../../form/picker.tsx'

const FIRST = [
  'publish',
  'subscribe',
  'history',
  'presence',
  'message-delete-any',
  'mute',
  'promote',
]

export function actionsOf(
  roles: readonly { readonly gives: Readonly<Record<string, readonly string[] | undefined>> }[],
  type: string,
  q: string,
): readonly Option[] {
  const all = new Set(roles.flatMap(({ gives }) => gives[type] ?? []))
  const place = (action: string) => {
    const at = FIRST.indexOf(action)
    return at < 0 ? FIRST.length : at
  }
  const wanted = q.trim().toLowerCase()
  const found = [...all]
    .filter((action) => action.includes(wanted))
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((action) => ({ key: action, label: action }))
  // An action no role gives can be asked about by its whole name.
  const isNew = wanted !== '' && !all.has(wanted) && /^[a-z][a-z0-9-]*$/.test(wanted)
  return isNew ? [...found, { key: wanted, label: wanted }] : found
}
