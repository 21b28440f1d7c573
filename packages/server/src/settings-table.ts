// Every setting there is: its unit, default and range. `npm start -- --help` prints this table and nothing else decides.

export type SettingRow = {
  readonly name: string
  /** Shown in the help: unit and range. */
  readonly unit: string
  readonly fallback: string
  readonly help: string
}

const row = (name: string, unit: string, fallback: string, help: string): SettingRow => ({
  name,
  unit,
  fallback,
  help,
})

export const SETTINGS = [
  row(
    'PORT',
    'port, 0–65535 (0: any free one)',
    '8080',
    'where pages, REST and realtime are served',
  ),
  row('HOST', 'address', '127.0.0.1', 'the address to listen on'),
  row('SAYSO_DATA', 'folder', './data', 'where the embedded database and the kept secret live'),
  row('SAYSO_DATABASE_URL', 'postgres://…', 'embedded SQLite in SAYSO_DATA', 'another database'),
  row(
    'SAYSO_PUBLIC_URL',
    'http(s) URL',
    'http://HOST:PORT',
    'the address people use, behind a proxy for example',
  ),
  row(
    'SAYSO_SECRET',
    'text, at least 32 characters',
    'made and kept at first start',
    'seals keys and sessions',
  ),
  row('SAYSO_ROOT_KEY', 'app.key:secret', 'made and printed once', 'the first API key of the app'),
  row(
    'SAYSO_OWNER_EMAIL',
    'e-mail',
    'none: use the set-up link',
    'creates the owner without the set-up page',
  ),
  row('SAYSO_OWNER_PASSWORD', '12–128 characters', 'none', 'the password of that owner'),
  row(
    'SAYSO_SIGN_UP',
    'open, invite or closed',
    'open on a loopback HOST, else invite',
    'who may create an account',
  ),
  row(
    'SAYSO_APPEAL',
    'http(s) or mailto address',
    'none',
    'where people who are banned from the place may turn to; shown to them',
  ),
  row(
    'SAYSO_DELETED_MESSAGES',
    'keep or delete',
    'keep',
    'what becomes of the messages of people who delete their account, unless they choose',
  ),
  row(
    'SAYSO_SMTP_URL',
    'smtp(s)://user:password@host:port',
    'none: links are copied by hand',
    'the server that takes mails: invitations, password resets, confirmations',
  ),
  row('SAYSO_MAIL_FROM', '`Name <address>` or an address', 'none', 'whom those mails are from'),
  row(
    'SAYSO_VERIFIED_ONLY',
    '0 or 1',
    '0',
    'lets people sign in by password only once they confirmed their e-mail; needs SAYSO_SMTP_URL',
  ),
  row(
    'SAYSO_USERS',
    'YAML file',
    'none',
    'people with passwords and attributes, for demos and small set-ups; read again when it changes',
  ),
  row('SAYSO_SIGN_IN_LIMIT', 'on or off', 'on', 'limits sign-in attempts per address'),
  row(
    'SAYSO_TRUSTED_PROXIES',
    'addresses, comma-separated',
    'none',
    'proxies whose X-Forwarded-For is believed',
  ),
  row('SAYSO_GOOGLE_CLIENT_ID', 'text', 'none', 'sign-in with Google'),
  row('SAYSO_GOOGLE_CLIENT_SECRET', 'text', 'none', 'sign-in with Google'),
  row('SAYSO_OIDC_ISSUER', 'URL', 'none', 'sign-in with any OpenID Connect provider'),
  row('SAYSO_OIDC_CLIENT_ID', 'text', 'none', 'its client id'),
  row('SAYSO_OIDC_CLIENT_SECRET', 'text', 'none', 'its client secret'),
  row('SAYSO_OIDC_TITLE', 'text', 'the issuer’s host', 'what its button says'),
  row(
    'SAYSO_JWKS',
    'URL or file',
    'none',
    'keys of an issuer whose RS256 and ES256 tokens are taken',
  ),
  row('SAYSO_JWKS_ISSUER', 'text', 'none', 'what `iss` of those tokens must be'),
  row('SAYSO_JWKS_AUDIENCE', 'text', 'none', 'what `aud` of those tokens must be'),
  row(
    'SAYSO_JWKS_KEY',
    'id of an API key',
    'session',
    'the key they count as signed by: what it may delegate is their ceiling, and it can revoke them',
  ),
  row(
    'SAYSO_POLICY',
    'file',
    'the default policy document',
    'the policy a new app starts with; later edits are kept in the database',
  ),
  row(
    'SAYSO_OUTBOUND_BYTES',
    'bytes, 65536–67108864',
    '1048576',
    'most that may wait for one slow reader',
  ),
  row(
    'SAYSO_MAX_FRAME_BYTES',
    'bytes, 65536–16777216',
    '1048576',
    'largest frame or body that is read',
  ),
  row(
    'SAYSO_CONNECTION_RATE',
    'publishes per second, 0–100000 (0: no limit)',
    '0',
    'how fast one connection may publish; beyond it 42911',
  ),
  row(
    'SAYSO_CHANNEL_RATE',
    'publishes per second, 0–100000 (0: no limit)',
    '0',
    'how fast one channel may be published to, by all together; beyond it 42913',
  ),
  row(
    'SAYSO_DECISION_RATE',
    'questions per second, 0–10000000 (0: no limit)',
    '10000',
    'how many decisions one key may ask for by AuthZEN and Permit; beyond it 429 with Retry-After',
  ),
  row(
    'SAYSO_MAX_FILE_BYTES',
    'bytes, 0–2147483648 (0: no files)',
    '26214400',
    'largest file that is attached to a message',
  ),
  row(
    'SAYSO_FILES_BYTES',
    'bytes, 0–1099511627776 (0: no limit)',
    '10737418240',
    'most that all files of an app take together',
  ),
  row(
    'SAYSO_FILES_PER_HOUR',
    'files, 0–100000 (0: no limit)',
    '200',
    'how many files, and how many link previews, one person may begin in an hour',
  ),
  row(
    'SAYSO_LINK_PREVIEWS',
    'on or off',
    'on',
    'lets the server look at links that people are about to send; off per channel by `previews: false`',
  ),
  row(
    'SAYSO_PREVIEW_ORIGINS',
    'origins, comma-separated',
    'none',
    'origins that link previews may read though they are private or use other ports',
  ),
  row(
    'SAYSO_OPA_PORT',
    'port, 1–65535',
    'off',
    'serves the checks of Permit clients with `useOpa`, which always ask port 8181',
  ),
  row(
    'SAYSO_DECISIONS',
    'refusals, checks or all',
    'checks',
    'which decisions are logged: refusals; and every answer of the decision doors; and what is allowed on channels',
  ),
  row('SAYSO_DECISIONS_DAYS', 'days, 1–3650', '30', 'how long a logged decision is kept'),
  row(
    'SAYSO_DECISIONS_ROWS',
    'decisions, 1000–100000000',
    '500000',
    'how many logged decisions are kept of one app; about 400 bytes each',
  ),
  row(
    'SAYSO_ANALYTICS_PEOPLE_DAYS',
    'days, 32–3650',
    '400',
    'how long the numbers know who was active; after that only how many',
  ),
  row(
    'SAYSO_METRICS',
    'loopback, open or off',
    'loopback',
    'who may read /metrics: programs of this machine that ask without a proxy, everybody, or nobody',
  ),
  row('SAYSO_LOG', 'silent, error, info or debug', 'info', 'what is written to standard error'),
  row(
    'SAYSO_PRIVATE_WEBHOOKS',
    'on or off',
    'on on a loopback HOST, else off',
    'lets webhooks go to private addresses and by plain http',
  ),
  row(
    'SAYSO_SANDBOX',
    '0 or 1',
    '0',
    'opens POST /apps and DELETE /apps/{id} for client test suites; never on a public HOST',
  ),
] as const satisfies readonly SettingRow[]

/** What `sayso policy` reads; no settings, but whoever uses both has them set where the server starts. */
export const COMMAND_LINE_NAMES = ['SAYSO_URL', 'SAYSO_KEY'] as const

export type SettingName = (typeof SETTINGS)[number]['name']

/** The table as text for a terminal. */
export function settingsHelp(): string {
  const lines = SETTINGS.map(
    ({ name, unit, fallback, help }) =>
      `  ${name.padEnd(28)} ${help}\n${' '.repeat(31)}${unit}; default: ${fallback}`,
  )
  return ['Usage: npm start', '', 'Settings are environment variables:', '', ...lines, ''].join(
    '\n',
  )
}
