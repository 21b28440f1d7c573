// Who works at the desk: how each is seen, and how much each has.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { Unfit } from '../../../ui/refusal.ts'
import type { Operator } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'
import { useDeskRights } from '../store/rights.ts'
import { useNews } from '../store/use-news.ts'
import { lookOf } from '../view/own-menu.tsx'
import type { PartProps } from '../view/part-props.ts'
import { DeskPage, Unread } from './page.tsx'

export function Operators(_props: PartProps): ReactNode {
  return (
    <DeskPage title={texts.screens.operators} about={texts.operators.about}>
      <OperatorList />
    </DeskPage>
  )
}

export function OperatorList(): ReactNode {
  const { calls, tenant } = useDesk()
  const rights = useDeskRights(tenant)
  const [changes, setChanges] = useState<Operator>()
  const found = useQuery({
    queryKey: ['desk-operators', tenant],
    queryFn: () => calls.operators(tenant),
  })
  useNews((news) => {
    if (news.kind === 'operator' || news.kind === 'conversation' || news.kind === 'missed')
      void found.refetch()
  })
  const items = found.data?.items ?? []
  return (
    <>
      <Unread isPending={found.isPending} error={found.error} again={() => void found.refetch()} />
      {found.data !== undefined && items.length === 0 ? (
        <p className="empty dim">{texts.operators.none}</p>
      ) : null}
      <ul className="people-rows">
        {items.map((one) => (
          <li key={one.id}>
            <Avatar id={one.id} name={one.name} here={lookOf(one.status)} />
            <div className="grow">
              <p className="strong cut">
                <bdi>{one.name}</bdi>
              </p>
              <p className="sm dim">{texts.status[one.status]}</p>
            </div>
            <div className="load sm">
              <meter
                min={0}
                max={Math.max(1, one.capacity)}
                value={one.open}
                aria-label={texts.operators.load(one.name)}
              />
              <span className="num">{texts.load(one.open, one.capacity)}</span>
            </div>
            {rights.may('manage-desk') ? (
              <Button size="small" look="quiet" onClick={() => setChanges(one)}>
                {texts.operators.change}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {changes === undefined ? null : (
        <CapacityDialog
          operator={changes}
          onChanged={() => void found.refetch()}
          onClose={() => setChanges(undefined)}
        />
      )}
    </>
  )
}

const MOST = 100

function CapacityDialog(props: {
  readonly operator: Operator
  readonly onChanged: () => void
  readonly onClose: () => void
}): ReactNode {
  const { operator } = props
  const { calls, tenant } = useDesk()
  const [text, setText] = useState(String(operator.capacity))
  return (
    <FormDialog
      title={texts.operators.capacityOf(operator.name)}
      text={texts.operators.capacityText}
      confirm={texts.save}
      onConfirm={async () => {
        const capacity = Number(text)
        if (!Number.isInteger(capacity) || capacity < 1 || capacity > MOST)
          throw new Unfit(texts.operators.capacityUnfit(MOST))
        await calls.setCapacity(tenant, operator.id, capacity)
        props.onChanged()
      }}
      onClose={props.onClose}
    >
      <TextField
        label={texts.operators.capacity}
        type="number"
        value={text}
        onChange={setText}
        isRequired
      />
    </FormDialog>
  )
}
