import type { Manage } from '@sayso/client/manage'
import type { ReactNode } from 'react'
import { useName } from '../../store/names.ts'
import { texts } from './texts.ts'

/** Who did it, by name: a person, a key, the server. */
export function Who(props: { readonly calls: Manage; readonly of: string }): ReactNode {
  const { of } = props
  const name = useName(props.calls, of)
  if (of === 'server') return <span className="dim">{texts.server}</span>
  if (of.startsWith('key:')) return <span className="cut">{texts.key(of.slice(4))}</span>
  return (
    <span className="cut" title={of}>
      {name}
    </span>
  )
}
