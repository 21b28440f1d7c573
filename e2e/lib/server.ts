// A real server as its own process, from the build, with a data folder of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const KEY = 'e2eapp.root:Vq7bWcE2mZk9sT4xN8aYpLr3'

export type Server = {
  readonly url: string
  readonly port: number
  readonly data: string
  readonly setUpUrl: string | undefined
  readonly output: () => string
  readonly pid: number
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts a new process on the same folder and port. */
  restart(): Promise<Server>
  /** Ends it and removes the folder. */
  remove(): Promise<void>
}

export type ServerOptions = {
  /** Root of the built tree; default this repository. */
  readonly root?: string
  readonly env?: Readonly<Record<string, string>>
  readonly data?: string
  readonly port?: number
}

/** Below those that systems hand out for outgoing connections, which could take it while a server starts again. */
const FIRST_PORT = 12_000
const PORTS = 20_000
let nextPort = FIRST_PORT + Math.floor(Math.random() * PORTS)

/** A port that nobody listens on, and another one at each call. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort
    nextPort = nextPort + 1 < FIRST_PORT + PORTS ? nextPort + 1 : FIRST_PORT
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

/** Starts a server and resolves when it says where it is. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'sayso-e2e-')))
  const port = options.port ?? (await freePort())
  const child = spawn(
    process.execPath,
    [join(options.root ?? ROOT, 'packages/server/dist/bin.js')],
    {
      env: {
        PATH: process.env.PATH,
        PORT: String(port),
        SAYSO_DATA: data,
        SAYSO_ROOT_KEY: KEY,
        SAYSO_SIGN_IN_LIMIT: 'off',
        SAYSO_LOG: 'error',
        ...(process.env.SAYSO_TEST_POLICY === undefined
          ? {}
          : { SAYSO_POLICY: process.env.SAYSO_TEST_POLICY }),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const output: string[] = []
  const said = await spoken(child, output)
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    data,
    setUpUrl: /http\S+\/setup\?token=\S+/.exec(said)?.[0],
    output: () => output.join(''),
    pid: child.pid ?? 0,
    kill,
    restart: () => startServer({ ...options, data, port }),
    async remove() {
      if (child.exitCode === null && child.signalCode === null) await kill('SIGTERM')
      await rm(data, { recursive: true, force: true })
    },
  }
}

function spoken(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      output.push(String(chunk))
      said += String(chunk)
      // The set-up link, if any, is printed in the same breath as the address.
      if (said.includes('is running at')) setImmediate(() => resolve(said))
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
  })
}
