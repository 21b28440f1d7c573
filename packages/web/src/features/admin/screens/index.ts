// The screens, each fetched when it is first opened.

import type { ComponentType } from 'react'
import { lazy } from '../../../ui/late.ts'
import type { ScreenKey } from '../model/screens.ts'
import type { ScreenProps } from '../props.ts'

const part = (load: () => Promise<ComponentType<ScreenProps>>) =>
  lazy(async () => ({ default: await load() }))

export const SCREENS: Readonly<Partial<Record<ScreenKey, ComponentType<ScreenProps>>>> = {
  analytics: part(async () => (await import('./analytics/analytics.tsx')).Analytics),
  policy: part(async () => (await import('./policy/policy.tsx')).Policy),
  resources: part(async () => (await import('./resources/resources.tsx')).Resources),
  overview: part(async () => (await import('./overview/overview.tsx')).Overview),
  explain: part(async () => (await import('./explain/explain.tsx')).Explain),
  people: part(async () => (await import('./people/people.tsx')).People),
  groups: part(async () => (await import('./groups/groups.tsx')).Groups),
  grants: part(async () => (await import('./grants/grants.tsx')).Grants),
  requests: part(async () => (await import('./requests/requests.tsx')).Requests),
  apps: part(async () => (await import('./apps/apps.tsx')).Apps),
  audit: part(async () => (await import('./audit/audit.tsx')).Audit),
  decisions: part(async () => (await import('./decisions/decisions.tsx')).Decisions),
  installation: part(async () => (await import('./installation/installation.tsx')).Installation),
  webhooks: part(async () => (await import('./webhooks/webhooks.tsx')).Webhooks),
  retention: part(async () => (await import('./retention/retention.tsx')).Retention),
  keys: part(async () => (await import('./keys/keys.tsx')).Keys),
  connections: part(async () => (await import('./connections/connections.tsx')).Connections),
}
