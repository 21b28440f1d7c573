// Filters kept for oneself, by a name: among one's own settings on the server, so that they are there on every device.

import { manage } from '@sayso/client/manage'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { TextField } from '../../../../ui/fields.tsx'
import { FormDialog } from '../../../../ui/form-dialog.tsx'
import { Menu } from '../../../../ui/menu.tsx'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { useSay } from '../../../../ui/notices.tsx'
import { adminHref } from '../../model/address.ts'
import type { AdminAddress } from '../../props.ts'
import { kept } from '../../view/rail.tsx'
import { texts } from './texts.ts'

type Filter = Readonly<Record<string, string>>
type Filters = Readonly<Record<string, Filter>>

const WHERE = { collection: 'settings', key: 'admin.audit.filters' } as const
const MOST = 30
/** What one keeps for oneself is kept where one signs in, whichever app is looked at. */
const calls = manage()

/** @param names of the members of the address that are filters */
export function SavedFilters(props: {
  readonly address: AdminAddress
  readonly names: readonly string[]
}): ReactNode {
  const { address, names } = props
  const navigate = useNavigate()
  const say = useSay()
  const client = useQueryClient()
  const [isNaming, setNaming] = useState(false)
  const found = useQuery({
    queryKey: ['auditFilters'],
    queryFn: async () => filtersIn((await calls.call('readOwnState')).items),
  })
  const filters = found.data ?? {}
  const now = Object.fromEntries(
    Object.entries(address.query).filter(([key, value]) => names.includes(key) && value !== ''),
  )
  const isEmpty = Object.keys(now).length === 0
  const keep = async (next: Filters) => {
    await calls.call('keepOwnState', { params: WHERE, body: next })
    client.setQueryData(['auditFilters'], next)
  }
  const without = (one: string) =>
    Object.fromEntries(Object.entries(filters).filter(([key]) => key !== one))
  const all = Object.keys(filters)
  return (
    <>
      <Menu
        icon="filter"
        label={texts.savedFilters}
        groups={[
          {
            title: texts.savedFilters,
            items: all.map((key) => ({
              key,
              label: key,
              icon: 'filter',
              onSelect: () =>
                navigate(adminHref('audit', [], { ...kept(address.query), ...filters[key] })),
            })),
          },
          {
            items: [
              {
                key: '+',
                label: texts.saveFilter,
                icon: 'plus',
                isOff: isEmpty,
                detail: isEmpty ? texts.noFilters : undefined,
                onSelect: () => setNaming(true),
              },
              ...all.map((key) => ({
                key: `-${key}`,
                label: texts.dropFilter(key),
                icon: 'trash',
                onSelect: () => void keep(without(key)),
              })),
            ],
          },
        ]}
      />
      {isNaming ? (
        <Naming
          onClose={() => setNaming(false)}
          onName={async (name) => {
            await keep(Object.fromEntries(Object.entries({ ...filters, [name]: now }).slice(-MOST)))
            say({ tone: 'good', title: texts.filterSaved(name) })
          }}
        />
      ) : null}
    </>
  )
}

function Naming(props: {
  readonly onName: (name: string) => Promise<void>
  readonly onClose: () => void
}): ReactNode {
  const [name, setName] = useState('')
  return (
    <FormDialog
      title={texts.saveFilterTitle}
      confirm={texts.saveFilter}
      onConfirm={async () => {
        if (name.trim() !== '') await props.onName(name.trim())
      }}
      onClose={props.onClose}
    >
      <TextField
        label={texts.filterName}
        value={name}
        onChange={setName}
        maxLength={40}
        isRequired
      />
    </FormDialog>
  )
}

function filtersIn(
  items: readonly { readonly collection: string; readonly key: string; readonly value: unknown }[],
): Filters {
  const { value } =
    items.find(({ collection, key }) => collection === WHERE.collection && key === WHERE.key) ?? {}
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, Filter] =>
        typeof entry[1] === 'object' &&
        entry[1] !== null &&
        Object.values(entry[1]).every((said) => typeof said === 'string'),
    ),
  )
}
