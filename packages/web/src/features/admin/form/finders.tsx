// What can be picked: people, places, roles of a place; found by the server, shown as everywhere.

import type { Manage } from '@sayso/client/manage'
import { Avatar } from '../../../ui/avatar.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { placeOf, typeOf } from '../model/names.ts'
import type { Option } from './picker.tsx'

const MOST = 20

/** Keys are ids of people. */
export function peopleFinder(calls: Manage): (q: string) => Promise<readonly Option[]> {
  return async (q) => {
    const { items } = await calls.call('listPeople', { query: { q, sort: 'name', limit: MOST } })
    return items.map(({ id, name, email, picture }) => ({
      key: id,
      label: name,
      detail: email ?? id,
      look: <Avatar id={id} name={name} picture={picture} size="s" />,
    }))
  }
}

/** People and groups: keys are subjects, `user:ada` and `group:crew#member`. */
export function subjectFinder(calls: Manage): (q: string) => Promise<readonly Option[]> {
  const people = peopleFinder(calls)
  return async (q) => {
    const [found, groups] = await Promise.all([
      people(q),
      calls.call('listGroups', { query: { limit: 1_000 } }).catch(() => ({ items: [] })),
    ])
    const wanted = q.trim().toLowerCase()
    const sets = groups.items
      .filter(({ key, title }) => `${key} ${title}`.toLowerCase().includes(wanted))
      .slice(0, 5)
      .map(({ key, title }) => ({
        key: `group:${key}#member`,
        label: title,
        detail: `group:${key}`,
        look: <Icon name="users-round" />,
      }))
    return [...found.map((each) => ({ ...each, key: `user:${each.key}` })), ...sets]
  }
}

/** Channels, other resources and tenants: keys are `channel:launch`, `tenant:default`. */
export function placeFinder(
  calls: Manage,
  withTenants = true,
): (q: string) => Promise<readonly Option[]> {
  return async (q) => {
    const [resources, tenants] = await Promise.all([
      calls.call('listResources', { query: { q, limit: MOST } }),
      withTenants ? calls.call('listTenants', { query: { limit: 100 } }) : { items: [] },
    ])
    const wanted = q.trim().toLowerCase()
    const places = resources.items.map(({ resource, attributes }) => {
      const { title } = attributes
      return {
        key: resource,
        label: placeOf(resource),
        detail: typeof title === 'string' ? title : typeOf(resource),
        look: <Icon name={typeOf(resource) === 'group' ? 'users-round' : 'hash'} />,
      }
    })
    const whole = tenants.items
      .filter(({ key, title }) => `${key} ${title}`.toLowerCase().includes(wanted))
      .map(({ key, title }) => ({
        key: `tenant:${key}`,
        label: title,
        detail: `tenant:${key}`,
        look: <Icon name="building" />,
      }))
    return [...places, ...whole]
  }
}
