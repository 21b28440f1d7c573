// Addresses of the dashboard, written in one place. Pure. Filters, order and what is open stand in the address, so that a
// screen can be sent to somebody.

import type { AdminAddress } from '../props.ts'

/** @param rest what is open in the screen */
export function adminHref(
  screen: string,
  rest: readonly string[] = [],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const path = ['/admin', ...[screen, ...rest].filter(Boolean).map(encodeURIComponent)].join('/')
  const said = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said)}`
}

/** The same screen with some of its query said otherwise; `undefined` takes a member out. */
export function withQuery(
  address: AdminAddress,
  some: Readonly<Record<string, string | undefined>>,
): string {
  return adminHref(address.screen, address.rest, { ...address.query, ...some })
}

/** Kept through the screens: another app or tenant is looked at until one says otherwise. */
export function kept(query: Readonly<Record<string, string>>) {
  return { app: query.app, tenant: query.tenant }
}
