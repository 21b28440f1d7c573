// Settings from environment variables, checked whole before anything starts: an unknown name or a bad value is a sentence.

import { parseKeyString } from '@sayso/protocol'
import type { AnalyticsKept, DecisionsKept } from '@sayso/store'
import * as z from 'zod'
import type { FileLimits } from './files/limits.ts'
import type { LinkSettings } from './files/links.ts'
import { readSender, readSmtpUrl, type SmtpServer } from './mail/smtp-url.ts'
import { DECISIONS_LOGGED, type DecisionsLogged } from './observe/decisions-logged.ts'
import { METRICS_FOR, type MetricsFor } from './observe/metrics.ts'
import { COMMAND_LINE_NAMES, SETTINGS, type SettingName } from './settings-table.ts'

export type LogLevel = 'silent' | 'error' | 'info' | 'debug'

export type Settings = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly publicUrl?: string
  readonly secret?: string
  readonly rootKey?: string
  readonly owner?: { readonly email: string; readonly password: string }
  readonly signUp: 'open' | 'invite' | 'closed'
  /** Where people who are shut out of the place may turn to: an http(s) or mailto address. */
  readonly appeal?: string
  readonly deletedMessages: 'keep' | 'delete'
  readonly mail?: {
    readonly server: SmtpServer
    readonly from: { readonly name?: string; readonly address: string }
  }
  /** Whether signing in by password needs a confirmed e-mail. */
  readonly verifiedOnly: boolean
  readonly usersFile?: string
  readonly signInLimit: boolean
  readonly trustedProxies: readonly string[]
  readonly google?: { readonly clientId: string; readonly clientSecret: string }
  readonly oidc?: {
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string
    readonly title?: string
  }
  /** An issuer whose own tokens are taken; `key` is the id of the API key they count as signed by. */
  readonly jwks?: {
    readonly source: string
    readonly issuer: string
    readonly audience: string
    readonly key: string
  }
  readonly policyFile?: string
  /** Where checks in the form of the Open Policy Agent are answered; absent: nowhere. */
  readonly opaPort?: number
  /** Opens `POST /apps` and `DELETE /apps/{id}` for client test suites. */
  readonly sandbox: boolean
  /** Webhooks may go to private addresses and by plain http. */
  readonly privateWebhooks: boolean
  readonly outboundBytes: number
  readonly maxFrameBytes: number
  /** Publishes per second; 0: no limit. */
  readonly connectionRate: number
  readonly channelRate: number
  /** Questions per second of one key; 0: no limit. */
  readonly decisionRate: number
  readonly files: FileLimits
  readonly links: LinkSettings
  readonly log: LogLevel
  readonly analytics: AnalyticsKept
  /** Who may read `/metrics`. */
  readonly metrics: MetricsFor
  readonly decisions: { readonly logged: DecisionsLogged; readonly kept: DecisionsKept }
}

/** The settings cannot be used; `message` has one line per problem. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid'
}

type Values = Partial<Record<SettingName, string>>

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1'])

/** @throws {SettingsInvalid} with every problem at once */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = []
  const known = new Set<string>([...SETTINGS.map(({ name }) => name), ...COMMAND_LINE_NAMES])
  for (const name of Object.keys(environment)) {
    if (name.startsWith('SAYSO_') && !known.has(name))
      problems.push(`${name} is not a setting; \`npm start -- --help\` lists them`)
  }
  const values: Values = {}
  for (const { name } of SETTINGS) {
    const value = environment[name]
    if (value !== undefined && value !== '') values[name] = value
  }
  const settings = collect(values, problems)
  if (problems.length > 0) throw new SettingsInvalid(problems.join('\n'))
  return settings
}

/** Reads one value by a schema; a bad one becomes a problem that says what it must be. */
type Check = <T>(name: SettingName, schema: z.ZodType<T>, says: string) => T | undefined

function checker(values: Values, problems: string[]): Check {
  return (name, schema, says) => {
    const value = values[name]
    if (value === undefined) return undefined
    const result = schema.safeParse(value)
    if (!result.success) problems.push(`${name} must be ${says}`)
    return result.data
  }
}

/** Digits only: what else `Number` takes, a space or `0x1f`, is a slip. */
const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(min).max(max))
const url = z.url({ protocol: /^https?$/ })
const contact = z.url({ protocol: /^(https?|mailto)$/, hostname: /.*/ })
const keyString = z.string().refine((key) => parseKeyString(key) !== undefined)

function collect(values: Values, problems: string[]): Settings {
  const check = checker(values, problems)
  const host = values.HOST ?? '127.0.0.1'
  refuseDatabase(values, problems)
  return {
    port: check('PORT', whole(0, 65_535), 'a port from 0 to 65535') ?? 8080,
    host,
    data: values.SAYSO_DATA ?? './data',
    sandbox: sandboxOf(check, host, problems),
    privateWebhooks: privateWebhooks(check, host),
    ...peopleSettings(values, check, host, problems),
    ...limitSettings(check),
    files: fileSettings(check),
    links: linkSettings(check),
    ...defined({
      publicUrl: check('SAYSO_PUBLIC_URL', url, 'an http or https URL')?.replace(/\/+$/, ''),
      secret: check('SAYSO_SECRET', z.string().min(32), 'at least 32 characters long'),
      rootKey: check(
        'SAYSO_ROOT_KEY',
        keyString,
        '`app.key:secret`, the secret without dots, colons and spaces',
      ),
      policyFile: values.SAYSO_POLICY,
      opaPort: check('SAYSO_OPA_PORT', whole(1, 65_535), 'a port from 1 to 65535'),
      jwks: jwksOf(values, problems),
    }),
  }
}

/** Leaves out what is absent, as absent is not the same as undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

function sandboxOf(check: Check, host: string, problems: string[]): boolean {
  const isOn = check('SAYSO_SANDBOX', z.enum(['0', '1']), '0 or 1') === '1'
  if (isOn && !LOOPBACK.has(host))
    problems.push('SAYSO_SANDBOX must not be on while HOST is public')
  return isOn
}

function privateWebhooks(check: Check, host: string): boolean {
  const said = check('SAYSO_PRIVATE_WEBHOOKS', z.enum(['on', 'off']), 'on or off')
  return said === undefined ? LOOPBACK.has(host) : said === 'on'
}

function peopleSettings(values: Values, check: Check, host: string, problems: string[]) {
  const signUp = check(
    'SAYSO_SIGN_UP',
    z.enum(['open', 'invite', 'closed']),
    'open, invite or closed',
  )
  const limit = check('SAYSO_SIGN_IN_LIMIT', z.enum(['on', 'off']), 'on or off')
  const owner = pair(values, problems, 'SAYSO_OWNER_EMAIL', 'SAYSO_OWNER_PASSWORD')
  check('SAYSO_OWNER_EMAIL', z.email(), 'an e-mail address')
  check('SAYSO_OWNER_PASSWORD', z.string().min(12).max(128), '12 to 128 characters long')
  const google = pair(values, problems, 'SAYSO_GOOGLE_CLIENT_ID', 'SAYSO_GOOGLE_CLIENT_SECRET')
  const issuer = check('SAYSO_OIDC_ISSUER', url, 'an http or https URL')
  return {
    deletedMessages:
      check('SAYSO_DELETED_MESSAGES', z.enum(['keep', 'delete']), 'keep or delete') ?? 'keep',
    signUp: signUp ?? (LOOPBACK.has(host) ? 'open' : 'invite'),
    signInLimit: limit !== 'off',
    trustedProxies: (values.SAYSO_TRUSTED_PROXIES ?? '')
      .split(',')
      .flatMap((each) => each.trim() || []),
    ...defined({
      owner: owner && { email: owner[0], password: owner[1] },
      google: google && { clientId: google[0], clientSecret: google[1] },
      oidc: oidcOf(values, problems, issuer),
      mail: mailOf(values, problems),
      usersFile: values.SAYSO_USERS,
      appeal: check('SAYSO_APPEAL', contact, 'an http, https or mailto address'),
    }),
    verifiedOnly: verifiedOnlyOf(values, check, problems),
  } as const
}

function mailOf(values: Values, problems: string[]): Settings['mail'] {
  const both = pair(values, problems, 'SAYSO_SMTP_URL', 'SAYSO_MAIL_FROM')
  if (both === undefined) return undefined
  const server = readSmtpUrl(both[0])
  const from = readSender(both[1])
  if (!server.ok) problems.push(`SAYSO_SMTP_URL must ${server.must}`)
  if (from === undefined)
    problems.push('SAYSO_MAIL_FROM must be an address or `Name <address>` on one line')
  return server.ok && from !== undefined ? { server: server.server, from } : undefined
}

function verifiedOnlyOf(values: Values, check: Check, problems: string[]): boolean {
  const isOn = check('SAYSO_VERIFIED_ONLY', z.enum(['0', '1']), '0 or 1') === '1'
  if (isOn && values.SAYSO_SMTP_URL === undefined)
    problems.push('SAYSO_VERIFIED_ONLY needs SAYSO_SMTP_URL: nobody could confirm an e-mail')
  return isOn
}

function limitSettings(check: Check) {
  const levels = z.enum(['silent', 'error', 'info', 'debug'])
  return {
    outboundBytes:
      check(
        'SAYSO_OUTBOUND_BYTES',
        whole(65_536, 67_108_864),
        'a number of bytes from 65536 to 67108864',
      ) ?? 1_048_576,
    maxFrameBytes:
      check(
        'SAYSO_MAX_FRAME_BYTES',
        whole(65_536, 16_777_216),
        'a number of bytes from 65536 to 16777216',
      ) ?? 1_048_576,
    connectionRate:
      check('SAYSO_CONNECTION_RATE', whole(0, 100_000), 'a number from 0 to 100000') ?? 0,
    channelRate: check('SAYSO_CHANNEL_RATE', whole(0, 100_000), 'a number from 0 to 100000') ?? 0,
    decisionRate:
      check('SAYSO_DECISION_RATE', whole(0, 10_000_000), 'a number from 0 to 10000000') ?? 10_000,
    log: check('SAYSO_LOG', levels, 'silent, error, info or debug') ?? 'info',
    analytics: {
      peopleDays:
        check(
          'SAYSO_ANALYTICS_PEOPLE_DAYS',
          whole(32, 3_650),
          'a number of days from 32 to 3650',
        ) ?? 400,
    },
    metrics: check('SAYSO_METRICS', z.enum(METRICS_FOR), 'loopback, open or off') ?? 'loopback',
    decisions: decisionSettings(check),
  } as const
}

function decisionSettings(check: Check): Settings['decisions'] {
  const days = check('SAYSO_DECISIONS_DAYS', whole(1, 3_650), 'a number of days from 1 to 3650')
  const rows = check(
    'SAYSO_DECISIONS_ROWS',
    whole(1_000, 100_000_000),
    'a number from 1000 to 100000000',
  )
  const logged = check('SAYSO_DECISIONS', z.enum(DECISIONS_LOGGED), 'refusals, checks or all')
  return { logged: logged ?? 'checks', kept: { days: days ?? 30, rows: rows ?? 500_000 } }
}

function fileSettings(check: Check): FileLimits {
  const upTo = (name: SettingName, most: number, fallback: number) =>
    check(name, whole(0, most), `a number from 0 to ${most}`) ?? fallback
  return {
    maxBytes: upTo('SAYSO_MAX_FILE_BYTES', 2_147_483_648, 26_214_400),
    totalBytes: upTo('SAYSO_FILES_BYTES', 1_099_511_627_776, 10_737_418_240),
    perHour: upTo('SAYSO_FILES_PER_HOUR', 100_000, 200),
  }
}

function linkSettings(check: Check): LinkSettings {
  const isOn = check('SAYSO_LINK_PREVIEWS', z.enum(['on', 'off']), 'on or off') !== 'off'
  const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text
  const origins = z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine((all) => all.every(isOrigin))
  const says = 'origins such as `http://wiki.example:8080`, comma-separated'
  return { isOn, trustedOrigins: check('SAYSO_PREVIEW_ORIGINS', origins, says) ?? [] }
}

function refuseDatabase(values: Values, problems: string[]): void {
  const url = values.SAYSO_DATABASE_URL
  if (url === undefined) return
  problems.push(
    /^postgres(ql)?:\/\//.test(url)
      ? 'SAYSO_DATABASE_URL: PostgreSQL is not supported yet; leave it out to use the embedded database'
      : 'SAYSO_DATABASE_URL must be a postgres:// URL, or absent for the embedded database',
  )
}

function jwksOf(values: Values, problems: string[]): Settings['jwks'] {
  const { SAYSO_JWKS: source, SAYSO_JWKS_ISSUER: issuer, SAYSO_JWKS_AUDIENCE: audience } = values
  const key = values.SAYSO_JWKS_KEY
  if (source !== undefined && issuer !== undefined && audience !== undefined)
    return { source, issuer, audience, key: key ?? 'session' }
  if ([source, issuer, audience, key].some((value) => value !== undefined))
    problems.push('SAYSO_JWKS, SAYSO_JWKS_ISSUER and SAYSO_JWKS_AUDIENCE belong together')
  return undefined
}

function pair(
  values: Values,
  problems: string[],
  first: SettingName,
  second: SettingName,
): readonly [string, string] | undefined {
  const a = values[first]
  const b = values[second]
  if (a !== undefined && b !== undefined) return [a, b]
  if (a !== undefined || b !== undefined)
    problems.push(`${first} and ${second} belong together: set both or neither`)
  return undefined
}

function oidcOf(values: Values, problems: string[], issuer: string | undefined): Settings['oidc'] {
  const client = pair(values, problems, 'SAYSO_OIDC_CLIENT_ID', 'SAYSO_OIDC_CLIENT_SECRET')
  if (issuer === undefined && client === undefined) return undefined
  if (issuer === undefined || client === undefined) {
    problems.push(
      'SAYSO_OIDC_ISSUER, SAYSO_OIDC_CLIENT_ID and SAYSO_OIDC_CLIENT_SECRET belong together',
    )
    return undefined
  }
  const title = values.SAYSO_OIDC_TITLE
  return {
    issuer,
    clientId: client[0],
    clientSecret: client[1],
    ...(title === undefined ? {} : { title }),
  }
}
