// Filters over a table: they stand in the address, and what is typed goes there once one stops.

import { type ReactNode, useEffect, useState } from 'react'
import { TextField } from '../../../ui/fields.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { fieldOf, instantOf } from '../form/instants.ts'
import { withQuery } from '../model/address.ts'
import type { AdminAddress } from '../props.ts'

const STILL_MS = 350

type FilterProps = {
  readonly address: AdminAddress
  /** Its name in the address. */
  readonly name: string
  readonly label: string
}

export function TextFilter(
  props: FilterProps & { readonly list?: string; readonly isCode?: boolean },
): ReactNode {
  const { address, name } = props
  const navigate = useNavigate()
  const said = address.query[name] ?? ''
  const [typed, setTyped] = useState(said)
  const [known, setKnown] = useState(said)
  if (known !== said) {
    setKnown(said)
    setTyped(said)
  }
  useEffect(() => {
    if (typed === said) return
    const timer = setTimeout(
      () => navigate(withQuery(address, { [name]: typed.trim() || undefined }), { replace: true }),
      STILL_MS,
    )
    return () => clearTimeout(timer)
  }, [typed, said, address, name, navigate])
  return (
    <TextField
      label={props.label}
      type="search"
      value={typed}
      onChange={setTyped}
      isCode={props.isCode === true}
      {...(props.list === undefined ? {} : { list: props.list })}
    />
  )
}

/** An instant, kept in the address as ISO-8601. */
export function InstantFilter(props: FilterProps): ReactNode {
  const { address, name } = props
  const navigate = useNavigate()
  return (
    <TextField
      label={props.label}
      type="datetime-local"
      value={fieldOf(address.query[name])}
      onChange={(value) =>
        navigate(withQuery(address, { [name]: instantOf(value) }), { replace: true })
      }
    />
  )
}
