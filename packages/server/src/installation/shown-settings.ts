// The settings as they are in force, for those who run the place: without secrets, each with the name that changes it.

import type { Settings } from '../settings.ts'
import { SETTINGS, type SettingName } from '../settings-table.ts'

export const SETTING_GROUPS = [
  'address',
  'people',
  'mail',
  'limits',
  'retention',
  'decisions',
  'analytics',
  'operation',
] as const
type Group = (typeof SETTING_GROUPS)[number]

type Value = string | number | boolean | readonly string[] | null

export type ShownSetting = {
  readonly setting: SettingName
  readonly group: Group
  /** In force; null: not set. */
  readonly value: Value
  readonly unit: string
  /** What it is if nobody sets it. */
  readonly fallback: string
  readonly about: string
}

type Shown = readonly [SettingName, Group, (settings: Settings) => Value | undefined]

/** What is a secret, or holds one, is not here. */
const SHOWN: readonly Shown[] = [
  ['PORT', 'address', ({ port }) => port],
  ['HOST', 'address', ({ host }) => host],
  ['SAYSO_PUBLIC_URL', 'address', ({ publicUrl }) => publicUrl],
  ['SAYSO_TRUSTED_PROXIES', 'address', ({ trustedProxies }) => trustedProxies],
  ['SAYSO_SIGN_UP', 'people', ({ signUp }) => signUp],
  ['SAYSO_APPEAL', 'people', ({ appeal }) => appeal],
  ['SAYSO_VERIFIED_ONLY', 'people', ({ verifiedOnly }) => verifiedOnly],
  ['SAYSO_SIGN_IN_LIMIT', 'people', ({ signInLimit }) => signInLimit],
  ['SAYSO_MAIL_FROM', 'mail', ({ mail }) => mail?.from.address],
  ['SAYSO_CONNECTION_RATE', 'limits', ({ connectionRate }) => connectionRate],
  ['SAYSO_CHANNEL_RATE', 'limits', ({ channelRate }) => channelRate],
  ['SAYSO_DECISION_RATE', 'limits', ({ decisionRate }) => decisionRate],
  ['SAYSO_OUTBOUND_BYTES', 'limits', ({ outboundBytes }) => outboundBytes],
  ['SAYSO_MAX_FRAME_BYTES', 'limits', ({ maxFrameBytes }) => maxFrameBytes],
  ['SAYSO_MAX_FILE_BYTES', 'limits', ({ files }) => files.maxBytes],
  ['SAYSO_FILES_BYTES', 'limits', ({ files }) => files.totalBytes],
  ['SAYSO_FILES_PER_HOUR', 'limits', ({ files }) => files.perHour],
  ['SAYSO_DELETED_MESSAGES', 'retention', ({ deletedMessages }) => deletedMessages],
  ['SAYSO_DECISIONS_DAYS', 'retention', ({ decisions }) => decisions.kept.days],
  ['SAYSO_DECISIONS_ROWS', 'retention', ({ decisions }) => decisions.kept.rows],
  ['SAYSO_ANALYTICS_PEOPLE_DAYS', 'analytics', ({ analytics }) => analytics.peopleDays],
  ['SAYSO_DECISIONS', 'decisions', ({ decisions }) => decisions.logged],
  ['SAYSO_LINK_PREVIEWS', 'operation', ({ links }) => links.isOn],
  ['SAYSO_PREVIEW_ORIGINS', 'operation', ({ links }) => links.trustedOrigins],
  ['SAYSO_PRIVATE_WEBHOOKS', 'operation', ({ privateWebhooks }) => privateWebhooks],
  ['SAYSO_OPA_PORT', 'operation', ({ opaPort }) => opaPort],
  ['SAYSO_METRICS', 'operation', ({ metrics }) => metrics],
  ['SAYSO_SANDBOX', 'operation', ({ sandbox }) => sandbox],
  ['SAYSO_LOG', 'operation', ({ log }) => log],
]

export function shownSettings(settings: Settings): readonly ShownSetting[] {
  return SHOWN.map(([setting, group, inForce]) => {
    const row = SETTINGS.find(({ name }) => name === setting)
    const { unit = '', fallback = '', help: about = '' } = row ?? {}
    return { setting, group, value: inForce(settings) ?? null, unit, fallback, about }
  })
}
