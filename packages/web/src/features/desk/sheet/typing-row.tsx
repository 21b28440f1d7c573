// Who writes now. The room is always there: nothing moves when somebody begins.

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import type { SheetProps } from './sheet-props.ts'

export function TypingRow(props: SheetProps & { readonly typing: readonly string[] }): ReactNode {
  const { typing, conversation } = props
  const { calls, tenant } = useDesk()
  const { visitor } = conversation
  const operators = useQuery({
    queryKey: ['desk-operators', tenant],
    enabled: typing.some((id) => id !== visitor.id),
    queryFn: () => calls.operators(tenant),
  })
  const names = typing.map((id) =>
    id === visitor.id
      ? visitor.name
      : (operators.data?.items.find((one) => one.id === id)?.name ?? texts.somebody),
  )
  return (
    <div className="desk-typing xs">
      {names.length === 0 ? null : (
        <>
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {texts.writes(names)}
        </>
      )}
    </div>
  )
}
