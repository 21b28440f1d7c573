// Widgets as they are kept: what the owner said, whose they are, and the keys that prove who a visitor is.

import type { ResourceId } from '@sayso/policy'
import { TENANT_TYPE } from '@sayso/policy'
import type { JsonObject, Store, StoredRecord } from '@sayso/store'
import type { WidgetSaid } from './said.ts'

export const WIDGETS = 'desk-widgets'
/** Label under which keys that prove visitors are sealed, and secrets that sign questions. */
export const WIDGET_SECRETS = 'widget secrets'

/** Two at a time, so that one can take the other's place without a gap. */
export const MOST_KEYS = 2

export type IdentityKey = {
  readonly id: string
  readonly createdAtMs: number
  readonly sealedSecret: string
}

export type Widget = WidgetSaid & {
  /** `<app>.<random>`: it leads to the app. */
  readonly id: string
  /** Key of the tenant. */
  readonly tenant: string
  readonly keys: readonly IdentityKey[]
  /** Signs questions to the owner's server; there if `context` is. */
  readonly sealedContextSecret?: string
  readonly version: number
  readonly createdAtMs: number
}

export type KeptWidget = WidgetSaid & Pick<Widget, 'tenant' | 'keys' | 'sealedContextSecret'>

export function widgetOf({ key, value, version, createdAtMs }: StoredRecord): Widget {
  return { ...(value as unknown as KeptWidget), id: key, version, createdAtMs }
}

/** What is kept of a widget. */
export function keptOf(widget: KeptWidget): JsonObject {
  return JSON.parse(JSON.stringify(widget)) as JsonObject
}

export function tenantResource(tenant: string): ResourceId {
  return `${TENANT_TYPE}:${tenant}` as ResourceId
}

export async function widgetNamed(
  store: Pick<Store, 'record'>,
  id: string,
): Promise<Widget | undefined> {
  const record = await store.record(WIDGETS, id)
  return record && widgetOf(record)
}

/** All widgets of the app, by id. */
export async function everyWidget(store: Pick<Store, 'records'>): Promise<readonly Widget[]> {
  const found: Widget[] = []
  for (let afterKey: string | undefined; ; ) {
    const page = await store.records({
      collection: WIDGETS,
      limit: 1_000,
      ...(afterKey === undefined ? {} : { afterKey }),
    })
    found.push(...page.map(widgetOf))
    afterKey = page.at(-1)?.key
    if (page.length < 1_000) return found
  }
}
