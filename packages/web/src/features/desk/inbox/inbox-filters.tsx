// What narrows a list: state, label, whose it is, where it came in.

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { SelectField } from '../../../ui/fields.tsx'
import { useNavigate } from '../../../ui/navigation.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { type DeskAddress, withQuery } from '../model/address.ts'
import { STATES } from '../model/inbox.ts'
import type { Conversation } from '../model/shapes.ts'
import { texts } from '../model/texts.ts'
import { useDesk } from '../store/desk-context.tsx'

const FILTERS = ['state', 'label', 'assignee', 'widget'] as const
type Filter = (typeof FILTERS)[number]

type Option = { readonly key: string; readonly label: string }

export function InboxFilters(props: {
  readonly address: DeskAddress
  readonly items: readonly Conversation[]
}): ReactNode {
  const { address, items } = props
  const [isOpen, setOpen] = useState(false)
  const options = useOptions(items, isOpen, address)
  const navigate = useNavigate()
  const count = FILTERS.filter((name) => address.query[name] !== undefined).length
  return (
    <Panel title={texts.filters.title} icon="filter" fresh={count} onOpenChange={setOpen}>
      <div className="filter-fields">
        {FILTERS.map((name) => (
          <SelectField
            key={name}
            label={texts.filters[name]}
            value={address.query[name] ?? ''}
            options={[{ key: '', label: texts.filters.any }, ...options[name]]}
            onChange={(value) =>
              navigate(withQuery(address, { [name]: value || undefined }), { replace: true })
            }
          />
        ))}
      </div>
    </Panel>
  )
}

/** Of labels and widgets those that are seen, and the one that is chosen. */
function useOptions(
  items: readonly Conversation[],
  isOpen: boolean,
  { query }: DeskAddress,
): Readonly<Record<Filter, readonly Option[]>> {
  const { calls, tenant } = useDesk()
  const operators = useQuery({
    queryKey: ['desk-operators', tenant],
    enabled: isOpen,
    queryFn: () => calls.operators(tenant),
  })
  const labels = new Set([
    ...items.flatMap((one) => one.labels),
    ...(query.label === undefined ? [] : [query.label]),
  ])
  const widgets = new Map(
    items.flatMap(({ widget }) =>
      widget === undefined ? [] : [[widget.id, widget.name] as const],
    ),
  )
  if (query.widget !== undefined && !widgets.has(query.widget))
    widgets.set(query.widget, query.widget)
  return {
    state: STATES.map((key) => ({ key, label: texts.states[key] })),
    label: [...labels].toSorted().map((key) => ({ key, label: key })),
    assignee: (operators.data?.items ?? []).map(({ id, name }) => ({ key: id, label: name })),
    widget: [...widgets].map(([key, label]) => ({ key, label })),
  }
}
