// The names the tests speak of, read from the policy document in force: no test spells a role or channel itself.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePolicy } from '@sayso/policy/document'
import { ROOT } from './server.ts'

const file = process.env.SAYSO_TEST_POLICY ?? join(ROOT, 'packages/server/default-policy.yaml')
export const document = parsePolicy(readFileSync(file, 'utf8'))

const key = (resource: string | undefined) => resource?.slice(resource.indexOf(':') + 1) ?? ''
/** What *Promote* does. */
export const promotion = document.settings?.promotions?.[0]

/** Where everybody writes. */
export const home = key(document.settings?.home)
/** What a promotion opens besides. */
export const inner = key(promotion?.also?.[0]?.on)
/** The role a promotion gives, as screens call it. */
export const promotedTitle = title(promotion?.gives)
/** A channel newcomers may read but not write. */
export const readOnly = key(
  document.settings?.sign_in?.find(({ role, on }) => {
    const type = document.types[on.slice(0, on.indexOf(':'))]
    return (
      type?.channels !== undefined &&
      !(type.roles[role]?.can ?? []).includes('publish') &&
      !type.roles[role]?.extends
    )
  })?.on,
)

/** A role that takes the right to write away from whoever holds it. */
export const silencing =
  document.types[promotion?.type ?? '']?.rules?.find(
    ({ forbid, to }) => Array.isArray(forbid) && forbid.includes('publish') && to?.length === 1,
  )?.to?.[0] ?? ''

/** Every channel there is from the start. */
export const channelKeys: readonly string[] = Object.keys(document.seed?.resources ?? {})
  .filter((resource) => resource.startsWith(`${promotion?.type}:`))
  .map(key)

function title(role: string | undefined): string {
  const type = document.types[promotion?.type ?? '']
  return type?.roles[role ?? '']?.title ?? role ?? ''
}

/** The realtime channel of a key. */
export function channelOf(channelKey: string): string {
  const type = document.types[promotion?.type ?? '']
  return (type?.channels ?? '').replace('{key}', channelKey)
}

/** How screens call a channel. */
export function titleOf(channelKey: string): string {
  const resource = `${promotion?.type}:${channelKey}`
  const title = document.seed?.resources?.[resource]?.title
  return typeof title === 'string' ? title : channelKey
}
