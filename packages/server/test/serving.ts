// A whole server inside the test's process: its own folder, its own policy, any free port.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Options, type Running, start } from '../src/main.ts'
import { readSettings } from '../src/settings.ts'

export const POLICY = fileURLToPath(new URL('./harbour.yaml', import.meta.url))
export const KEY = 'harbour.first:k9Tn4wQx7Lr2Zb6Hy1Vd'

export type Serving = Running & {
  readonly folder: string
  /** What was logged, line by line. */
  readonly log: readonly string[]
  /** Stops it and starts another on the same folder. */
  again(env?: Readonly<Record<string, string>>): Promise<Serving>
}

const open: { stop(): Promise<void> }[] = []
const folders: string[] = []

/** @param env settings beside the test's own */
export async function serve(
  env: Readonly<Record<string, string>> = {},
  options: Options = {},
): Promise<Serving> {
  const folder = env.SAYSO_DATA ?? (await mkdtemp(join(tmpdir(), 'sayso-server-')))
  folders.push(folder)
  const log: string[] = []
  const settings = readSettings({
    PORT: '0',
    SAYSO_DATA: folder,
    SAYSO_POLICY: POLICY,
    SAYSO_ROOT_KEY: KEY,
    SAYSO_SIGN_IN_LIMIT: 'off',
    SAYSO_LOG: 'error',
    ...env,
  })
  const running = await start(settings, { write: (line) => void log.push(line), ...options })
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= running.stop()
    return stopped
  }
  open.push({ stop })
  return {
    ...running,
    folder,
    log,
    stop,
    async again(more = {}) {
      await stop()
      return serve({ ...env, SAYSO_DATA: folder, ...more }, options)
    },
  }
}

/** For `afterEach`: ends whatever a test left running and removes its folders. */
export async function endAll(): Promise<void> {
  for (const each of open.splice(0)) await each.stop()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}
