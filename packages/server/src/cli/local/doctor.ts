// `sayso doctor`: looks at an installation and says what is wrong with it, and what to do.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspectFolder } from '@sayso/store/sqlite'
import { readSettings, type Settings, SettingsInvalid } from '../../settings.ts'
import type { Call, Outcome, Verb } from '../verb.ts'
import { type Finding, findingLines, fine, warning, wrong } from './findings.ts'
import { DATA_OPTION, dataFolder } from './folder.ts'
import { lookAtData } from './look-at-data.ts'
import { lookAtPort, lookAtServer } from './look-at-server.ts'

const OLDEST_NODE = [20, 19] as const
const FEW_FILES = 4_096
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

export const doctorVerb: Verb = {
  name: 'doctor',
  usage: '',
  summary: 'look at an installation and say what is wrong with it',
  help: [
    'Looks at Node, the settings in the environment, the data folder, every database in it, the secret,',
    'the audit log, and the running server with its websockets; or whether one could start. It changes',
    'nothing. Run it with the environment of the server, as the user the server runs as.',
    '',
    'Ends with 0 if nothing is wrong (there may be warnings), 1 if something is, 2 if it cannot look.',
  ],
  options: [
    DATA_OPTION,
    { name: 'server', value: 'url', help: 'where the server is reached; else SAYSO_URL' },
  ],
  operands: { least: 0, most: 0, what: 'operand' },
  run: doctor,
}

async function doctor(call: Call): Promise<Outcome> {
  const { env } = call.terminal
  const { settings, findings } = settingsOf(env)
  const folder = dataFolder(call)
  const isRunning =
    existsSync(join(folder, 'sayso.db')) &&
    (await inspectFolder(folder).then(
      (report) => report.isInUse,
      () => false,
    ))
  const all = [
    node(process.versions.node),
    ...findings,
    files(),
    ...(await lookAtData(folder, env.SAYSO_SECRET || undefined)),
    ...(await reached(call, settings, isRunning)),
  ]
  const count = (grade: Finding['grade']) => all.filter((each) => each.grade === grade).length
  const sum = `${count('wrong')} wrong, ${count('warning')} warnings.`
  return {
    exitCode: count('wrong') === 0 ? 0 : 1,
    lines: [...findingLines(all), '', sum],
    json: { wrong: count('wrong'), warnings: count('warning'), findings: all },
  }
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldest, least] = OLDEST_NODE
  const isNew = major > oldest || (major === oldest && minor >= least)
  if (isNew) return fine('node', version)
  return wrong('node', `${version} is too old`, `install Node ${oldest}.${least} or newer`)
}

function settingsOf(env: Readonly<Record<string, string | undefined>>): {
  readonly settings: Settings | undefined
  readonly findings: readonly Finding[]
} {
  try {
    const settings = readSettings(env)
    return { settings, findings: [fine('settings', 'all are known and valid'), address(settings)] }
  } catch (error) {
    if (!(error instanceof SettingsInvalid)) throw error
    const findings = error.message
      .split('\n')
      .map((problem) => wrong('settings', problem, '`npm start -- --help` lists all settings'))
    return { settings: undefined, findings }
  }
}

function address({ host, publicUrl }: Settings): Finding {
  if (publicUrl === undefined && !LOOPBACK.has(host)) {
    const remedy = 'set SAYSO_PUBLIC_URL to the address people use'
    return warning(
      'address',
      `listens on \`${host}\`, and nothing says what people call it`,
      remedy,
    )
  }
  if (publicUrl !== undefined && isOpen(publicUrl)) {
    const remedy = 'put TLS in front, and write the address with https'
    return warning('address', `\`${publicUrl}\` is not encrypted`, remedy)
  }
  return fine('address', publicUrl ?? `this machine only (${host})`)
}

function isOpen(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'http:' && !LOOPBACK.has(hostname)
}

/** Each connection is an open file; where the system says how many there may be. */
function files(): Finding {
  const limits = existsSync('/proc/self/limits') ? readFileSync('/proc/self/limits', 'utf8') : ''
  const limit = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
  if (limit === undefined) return fine('files', 'the system does not say how many may be open')
  if (Number(limit) >= FEW_FILES) return fine('files', `${limit} may be open at once`)
  const remedy = 'raise the limit (`ulimit -n`, LimitNOFILE): each connection is one'
  return warning('files', `only ${limit} may be open at once`, remedy)
}

async function reached(
  { options, terminal }: Call,
  settings: Settings | undefined,
  isRunning: boolean,
): Promise<readonly Finding[]> {
  const { port = 8080, host = '127.0.0.1', publicUrl } = settings ?? {}
  const local = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const named = options.get('server') ?? (terminal.env.SAYSO_URL || undefined)
  if (named !== undefined || isRunning) return lookAtServer(named ?? publicUrl ?? local)
  return settings === undefined ? [] : [await lookAtPort({ port, host })]
}
