// In which tenants the reader has a desk: asked of the server, and again when a right of theirs has changed.

import type { AnswerOf } from '@sayso/client/manage'
import { useUser } from '@sayso/client/react'
import { useEffect, useState } from 'react'
import { deskCalls } from './calls.ts'

export type OwnDesk = AnswerOf<'listOwnDesks'>['items'][number]

/** The place itself. */
const HOME = 'default'

/** Whoever has none looks at the place itself, and reads there that it is not theirs. */
const NOBODYS: readonly OwnDesk[] = [{ tenant: HOME, title: HOME }]

export type OwnDesks = {
  /** By title; absent until the server has said. */
  readonly tenants: readonly OwnDesk[] | undefined
  /** Key of the one to begin in: it stays the same while one is here, whatever is given or taken. */
  readonly first: string | undefined
}

export function useTenants(): OwnDesks {
  const [calls] = useState(deskCalls)
  const { roles } = useUser()
  const [own, setOwn] = useState<OwnDesks>({ tenants: undefined, first: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a role has changed
  useEffect(() => {
    let isOver = false
    const ask = () =>
      void calls.tenants().then(
        ({ items }) => isOver || setOwn(({ first }) => told(items, first)),
        // Not reached, or no desk here: what is known stays.
        () =>
          isOver || setOwn((known) => (known.tenants === undefined ? told([], undefined) : known)),
      )
    ask()
    window.addEventListener('focus', ask)
    return () => {
      isOver = true
      window.removeEventListener('focus', ask)
    }
  }, [calls, roles])
  return own
}

function told(items: readonly OwnDesk[], before: string | undefined): OwnDesks {
  const begin = items.find(({ tenant }) => tenant === HOME) ?? items[0]
  return { tenants: items.length === 0 ? NOBODYS : items, first: before ?? begin?.tenant }
}
