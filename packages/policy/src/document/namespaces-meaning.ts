// What the schema cannot say of namespaces: messages that are not kept cannot be changed.

import { quote } from '../quote.ts'
import { fieldOf, fieldsOf, type NamedPlace, type Place } from './place.ts'
import type { Problems } from './problems.ts'

export function checkNamespaces(root: Place, problems: Problems): void {
  for (const namespace of fieldsOf(fieldOf(root, 'namespaces'))) {
    const mutable = fieldOf(namespace, 'mutable')
    if (!isSaid(mutable, true) || !isSaid(fieldOf(namespace, 'persisted'), false)) continue
    const message = `${quote(namespace.key)} keeps no messages, so none can be changed`
    problems.add(mutable?.at ?? namespace.at, mutable?.path ?? '', message, 'take `mutable` away')
  }
}

function isSaid(place: NamedPlace | undefined, value: boolean): boolean {
  return place?.tree.kind === 'value' && place.tree.value === value
}
