// The teams of the tenant, as far as one may know them.

import { useQuery } from '@tanstack/react-query'
import { useDesk } from './desk-context.tsx'

export type Team = { readonly key: string; readonly title: string }

export function useTeams(): readonly Team[] {
  const { calls, tenant } = useDesk()
  const found = useQuery({ queryKey: ['desk-teams', tenant], queryFn: () => calls.teams(tenant) })
  return found.data?.items ?? []
}
