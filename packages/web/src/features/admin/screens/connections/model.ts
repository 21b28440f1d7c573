import type { ItemOf } from '../../store/use-list.ts'
import { texts } from './texts.ts'

export type Connection = ItemOf<'listConnections'>

export function nameOf(one: Connection): string {
  if (one.name !== undefined) return one.name
  if (one.clientId !== undefined) return one.clientId
  return one.subject?.slice('user:'.length) ?? texts.byKey(one.key)
}
