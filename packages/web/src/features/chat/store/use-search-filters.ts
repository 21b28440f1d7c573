// What may be completed in the search field: filters, then their values. Names come from the server as they are typed.

import type { Api, SearchView } from '@sayso/client'
import { useResources } from '@sayso/client/react'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { isReadable, keyOf } from '../model/channels.ts'
import { best } from '../model/completion.ts'
import { type Begun, daysBegun, type Filter, filtersBegun, filterText } from '../model/filters.ts'
import { TRAITS } from '../model/finding.ts'
import { whoTexts } from '../model/texts-who.ts'
import { CalledPeople } from './called-people.ts'

type Person = SearchView['people'][number]

export type FilterOption = {
  readonly key: string
  readonly label: string
  readonly detail?: string | undefined
  /** A person, drawn with their picture. */
  readonly person?: Person
  /** Of what is no person. */
  readonly icon?: string | undefined
  /** What comes in place of what was begun. */
  readonly chosen: string
}

export type Fillable = {
  readonly people: readonly Person[]
  readonly channels: readonly {
    readonly key: string
    readonly title: string
    readonly glyph: string | undefined
  }[]
}

const MOST = 8
const ICONS: Readonly<Record<Filter, string>> = {
  from: 'circle-user',
  in: 'hash',
  has: 'sliders-horizontal',
  before: 'timer',
  after: 'timer',
}

/**
 * People and channels a search may be narrowed to.
 *
 * @param list people who are known here already
 * @param typed of a name, after `from:`; empty: nobody is looked for
 */
export function useFillable(api: Api, list: readonly Person[], typed: string): Fillable {
  const store = useMemo(
    () => new CalledPeople(async (q) => (await api.search({ q, limit: 1 })).people),
    [api],
  )
  useEffect(() => store.ask(typed), [store, typed])
  useEffect(() => () => store.close(), [store])
  const { met } = useSyncExternalStore(store.subscribe, store.state)
  const views = useResources()
  return useMemo(() => {
    const held = new Set(list.map(({ id }) => id))
    const channels = (views ?? [])
      .filter(isReadable)
      .map((view) => ({ key: keyOf(view), title: view.title, glyph: view.glyph }))
    return { people: [...list, ...met.filter(({ id }) => !held.has(id))], channels }
  }, [list, met, views])
}

export function filterOptions(
  text: string,
  begun: Begun,
  known: Fillable,
): readonly FilterOption[] {
  const { filter, typed } = begun
  if (filter === undefined) return filtersBegun(text, begun).map(nameOption)
  switch (filter) {
    case 'from':
      return best(known.people, typed, ({ name }) => name, MOST).map((person) => ({
        key: person.id,
        label: person.name,
        person,
        chosen: filterText('from', person.name),
      }))
    case 'in':
      return best(known.channels, typed, ({ title }) => title, MOST).map(
        ({ key, title, glyph }) => ({
          key,
          label: title,
          icon: glyph ?? 'hash',
          chosen: filterText('in', key),
        }),
      )
    case 'has':
      return TRAITS.filter((trait) => traitName(trait).includes(typed.toLowerCase())).map(
        (trait) => ({
          key: trait,
          label: trait,
          detail: whoTexts.traits[trait],
          icon: ICONS.has,
          chosen: filterText('has', trait),
        }),
      )
    default:
      return daysBegun(typed, Date.now()).map(({ day, title }) => ({
        key: day,
        label: day,
        detail: title,
        icon: ICONS[filter],
        chosen: filterText(filter, day),
      }))
  }
}

function traitName(trait: string): string {
  return `${trait} ${whoTexts.traits[trait] ?? ''}`.toLowerCase()
}

function nameOption(filter: Filter): FilterOption {
  return {
    key: filter,
    label: `${filter}:`,
    detail: whoTexts[filter],
    icon: ICONS[filter],
    chosen: `${filter}:`,
  }
}
