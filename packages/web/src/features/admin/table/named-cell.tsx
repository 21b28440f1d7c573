// A person of whom only the id is known, by their name.

import type { Manage } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { useName } from '../store/names.ts'
import { PersonCell } from './cells.tsx'

/** @param props.who `user:<id>` */
export function NamedCell(props: { readonly calls: Manage; readonly who: string }): ReactNode {
  const name = useName(props.calls, props.who)
  return <PersonCell id={props.who.replace(/^user:/, '')} name={name} />
}

/** The bare name. */
export function Named(props: { readonly calls: Manage; readonly who: string }): ReactNode {
  return useName(props.calls, props.who)
}
