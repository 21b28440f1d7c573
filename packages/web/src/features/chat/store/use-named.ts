// Names of people who are not in the list one holds, asked for as they turn up.

import type { Api, PeopleView } from '@sayso/client'
import { useEffect, useRef, useState } from 'react'

type Named = PeopleView['people'][number]

/** Asked for at once; the rest follows. */
const MOST_AT_ONCE = 100
/** What turns up within this time is one question. */
const GATHER_MS = 50

/**
 * People by their ids, from when the server has named them.
 *
 * @param ids who is wanted; those asked for once are not asked for again while the channel is open
 */
export function useNamed(api: Api, key: string, ids: readonly string[]): readonly Named[] {
  const [named, setNamed] = useState<readonly Named[]>([])
  const asked = useRef(new Set<string>())
  const wanted = ids.filter((id) => !asked.current.has(id)).slice(0, MOST_AT_ONCE)
  const question = wanted.join(',')
  useEffect(() => {
    if (question === '') return
    const these = question.split(',')
    const timer = setTimeout(() => {
      for (const id of these) asked.current.add(id)
      api.people(key, { ids: question }).then(
        ({ people }) => setNamed((known) => [...known, ...people]),
        () => {
          for (const id of these) asked.current.delete(id)
        },
      )
    }, GATHER_MS)
    return () => clearTimeout(timer)
  }, [api, key, question])
  return named
}
