// Settings: each one read, each bad value a sentence that names it, nothing unknown passed over in silence.

import { describe, expect, test } from 'vitest'
import { readSettings, type Settings, SettingsInvalid } from '../src/settings.ts'
import { SETTINGS, type SettingName, settingsHelp } from '../src/settings-table.ts'

const SECRET = 'x'.repeat(32)
const OIDC = {
  SAYSO_OIDC_ISSUER: 'https://id.example',
  SAYSO_OIDC_CLIENT_ID: 'me',
  SAYSO_OIDC_CLIENT_SECRET: 'secret',
}
const OWNER = { SAYSO_OWNER_EMAIL: 'o@example.com', SAYSO_OWNER_PASSWORD: 'twelve chars' }
const GOOGLE = { SAYSO_GOOGLE_CLIENT_ID: 'g', SAYSO_GOOGLE_CLIENT_SECRET: 's' }
const oidc = { issuer: 'https://id.example', clientId: 'me', clientSecret: 'secret' }
const owner = { email: 'o@example.com', password: 'twelve chars' }
const google = { clientId: 'g', clientSecret: 's' }

type Case = {
  /** What belongs with it. */
  readonly with?: Readonly<Record<string, string>>
  readonly good: string
  readonly gives: Partial<Settings>
  /** Values it must refuse; none: any text will do. */
  readonly bad: readonly string[]
}

/** Every setting there is: a new one will not compile unread. */
const cases: Readonly<Record<Exclude<SettingName, 'SAYSO_DATABASE_URL'>, Case>> = {
  PORT: { good: '0', gives: { port: 0 }, bad: ['-1', '65536', '80.5', 'http', '0x1f', ' '] },
  HOST: { good: '0.0.0.0', gives: { host: '0.0.0.0', signUp: 'invite' }, bad: [] },
  SAYSO_DATA: { good: '/var/sayso', gives: { data: '/var/sayso' }, bad: [] },
  SAYSO_PUBLIC_URL: {
    good: 'https://chat.example/',
    gives: { publicUrl: 'https://chat.example' },
    bad: ['chat.example', 'ftp://chat.example', 'javascript:alert(1)'],
  },
  SAYSO_SECRET: { good: SECRET, gives: { secret: SECRET }, bad: ['x'.repeat(31)] },
  SAYSO_ROOT_KEY: {
    good: 'app.key:secret',
    gives: { rootKey: 'app.key:secret' },
    bad: ['app.key', 'appkey:secret', 'app.key:sec.ret', 'app.key:se cret', ':', 'app.key:'],
  },
  SAYSO_OWNER_EMAIL: {
    with: OWNER,
    good: 'o@example.com',
    gives: { owner },
    bad: ['nobody', '@example.com'],
  },
  SAYSO_OWNER_PASSWORD: {
    with: OWNER,
    good: 'twelve chars',
    gives: { owner },
    bad: ['eleven char', 'x'.repeat(129)],
  },
  SAYSO_SIGN_UP: { good: 'closed', gives: { signUp: 'closed' }, bad: ['maybe', 'OPEN'] },
  SAYSO_SIGN_IN_LIMIT: { good: 'off', gives: { signInLimit: false }, bad: ['0', 'no'] },
  SAYSO_TRUSTED_PROXIES: {
    good: '10.0.0.1, 10.0.0.2,',
    gives: { trustedProxies: ['10.0.0.1', '10.0.0.2'] },
    bad: [],
  },
  SAYSO_GOOGLE_CLIENT_ID: { with: GOOGLE, good: 'g', gives: { google }, bad: [] },
  SAYSO_GOOGLE_CLIENT_SECRET: { with: GOOGLE, good: 's', gives: { google }, bad: [] },
  SAYSO_OIDC_ISSUER: {
    with: OIDC,
    good: 'https://id.example',
    gives: { oidc },
    bad: ['id.example', 'ldap://id.example'],
  },
  SAYSO_OIDC_CLIENT_ID: { with: OIDC, good: 'me', gives: { oidc }, bad: [] },
  SAYSO_OIDC_CLIENT_SECRET: { with: OIDC, good: 'secret', gives: { oidc }, bad: [] },
  SAYSO_OIDC_TITLE: { with: OIDC, good: 'Us', gives: { oidc: { ...oidc, title: 'Us' } }, bad: [] },
  SAYSO_POLICY: { good: './own.yaml', gives: { policyFile: './own.yaml' }, bad: [] },
  SAYSO_OUTBOUND_BYTES: {
    good: '65536',
    gives: { outboundBytes: 65_536 },
    bad: ['65535', '67108865', '1e9', 'much'],
  },
  SAYSO_MAX_FRAME_BYTES: {
    good: '16777216',
    gives: { maxFrameBytes: 16_777_216 },
    bad: ['65535', '16777217', 'much'],
  },
  SAYSO_DECISIONS: {
    good: 'all',
    gives: { decisions: { logged: 'all', kept: { days: 30, rows: 500_000 } } },
    bad: ['none', 'ALL'],
  },
  SAYSO_DECISIONS_DAYS: {
    good: '7',
    gives: { decisions: { logged: 'checks', kept: { days: 7, rows: 500_000 } } },
    bad: ['0', '3651', 'ever'],
  },
  SAYSO_DECISIONS_ROWS: {
    good: '1000',
    gives: { decisions: { logged: 'checks', kept: { days: 30, rows: 1_000 } } },
    bad: ['999', '100000001', '1e6'],
  },
  SAYSO_LOG: { good: 'debug', gives: { log: 'debug' }, bad: ['verbose'] },
  SAYSO_SANDBOX: { good: '1', gives: { sandbox: true }, bad: ['yes', 'true', '2'] },
}

function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    readSettings(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsInvalid)
    return (error as Error).message
  }
  throw new Error('these settings should have been refused')
}

describe('a setting', () => {
  for (const [name, { with: more = {}, good, gives, bad }] of Object.entries(cases)) {
    test(`${name} is read`, () => {
      expect(readSettings({ ...more, [name]: good })).toMatchObject(gives)
    })
    for (const value of bad) {
      test(`${name} refuses \`${value.slice(0, 40)}\` by name`, () => {
        expect(refusal({ ...more, [name]: value })).toContain(`${name} must be`)
      })
    }
    test(`${name} is in the help`, () => {
      expect(settingsHelp()).toContain(name)
    })
  }

  test('left empty is as if it were not there', () => {
    const empty = Object.fromEntries(SETTINGS.map(({ name }) => [name, '']))
    expect(readSettings(empty)).toEqual(readSettings({}))
  })

  test('all have defaults that start on one’s own machine', () => {
    expect(readSettings({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      files: { maxBytes: 26_214_400, totalBytes: 10_737_418_240, perHour: 200 },
      links: { isOn: true, trustedOrigins: [] },
      data: './data',
      signUp: 'open',
      deletedMessages: 'keep',
      signInLimit: true,
      trustedProxies: [],
      verifiedOnly: false,
      sandbox: false,
      privateWebhooks: true,
      outboundBytes: 1_048_576,
      maxFrameBytes: 1_048_576,
      connectionRate: 0,
      channelRate: 0,
      decisions: { logged: 'checks', kept: { days: 30, rows: 500_000 } },
      decisionRate: 10_000,
      log: 'info',
      analytics: { peopleDays: 400 },
      metrics: 'loopback',
    })
  })

  test('of another program is not ours to judge', () => {
    expect(readSettings({ PATH: '/bin', NODE_ENV: 'x' })).toEqual(readSettings({}))
  })
})

describe('settings are refused', () => {
  test('if one is unknown, by its name', () => {
    expect(refusal({ SAYSO_PROT: '80' })).toMatch(/^SAYSO_PROT is not a setting/)
  })

  test('but not for the names that the command line reads', () => {
    const names = { SAYSO_URL: 'http://127.0.0.1:8080', SAYSO_KEY: 'app.key:secret' }
    expect(readSettings(names)).toEqual(readSettings({}))
  })

  test('with every problem at once, one on each line', () => {
    const lines = refusal({ SAYSO_PROT: '80', PORT: 'x', SAYSO_LOG: 'x' }).split('\n')
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['SAYSO_PROT', 'PORT', 'SAYSO_LOG'])
  })

  test.each([
    ['SAYSO_OWNER_EMAIL', 'o@example.com'],
    ['SAYSO_OWNER_PASSWORD', 'twelve chars'],
    ['SAYSO_GOOGLE_CLIENT_ID', 'g'],
    ['SAYSO_GOOGLE_CLIENT_SECRET', 's'],
    ['SAYSO_OIDC_ISSUER', 'https://id.example'],
    ['SAYSO_OIDC_CLIENT_ID', 'me'],
    ['SAYSO_OIDC_CLIENT_SECRET', 's'],
  ])('if %s stands without what belongs to it', (name, value) => {
    expect(refusal({ [name]: value })).toContain('belong together')
  })

  test('if they name PostgreSQL, which is not there yet', () => {
    for (const url of ['postgres://localhost/sayso', 'postgresql://u:p@db:5432/x']) {
      expect(refusal({ SAYSO_DATABASE_URL: url })).toMatch(
        /^SAYSO_DATABASE_URL: PostgreSQL is not supported yet/,
      )
    }
  })

  test('if they name any other database', () => {
    expect(refusal({ SAYSO_DATABASE_URL: 'mysql://localhost/x' })).toContain('postgres://')
  })

  test('if the sandbox is open to the world', () => {
    expect(refusal({ SAYSO_SANDBOX: '1', HOST: '0.0.0.0' })).toContain('SAYSO_SANDBOX')
    for (const host of ['127.0.0.1', 'localhost', '::1']) {
      expect(readSettings({ SAYSO_SANDBOX: '1', HOST: host }).sandbox).toBe(true)
    }
  })

  test('without repeating a secret', () => {
    const said = refusal({ SAYSO_SECRET: 'short-secret', SAYSO_OWNER_PASSWORD: 'pass', PORT: 'x' })
    expect(said).not.toContain('short-secret')
    expect(said).not.toContain('pass\n')
  })
})

describe('who may sign up', () => {
  test.each([
    ['127.0.0.1', 'open'],
    ['localhost', 'open'],
    ['::1', 'open'],
    ['0.0.0.0', 'invite'],
    ['10.1.2.3', 'invite'],
  ])('on %s is %s unless said otherwise', (host, signUp) => {
    expect(readSettings({ HOST: host }).signUp).toBe(signUp)
    expect(readSettings({ HOST: host, SAYSO_SIGN_UP: 'closed' }).signUp).toBe('closed')
  })
})
