// `npm start`: builds what is not built or has changed since, then runs the server with this process's settings.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'packages/server/dist/.built')
const SKIPPED = new Set(['dist', 'node_modules', 'test', 'contract', 'scenarios'])

/** Newest change of any source below a folder; milliseconds. */
function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name) || entry.name.includes('.test.')) continue
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}

function isBuilt() {
  const outputs = [
    stamp,
    join(root, 'packages/server/dist/bin.js'),
    join(root, 'packages/web/dist/index.html'),
    join(root, 'packages/widget/dist/served/frame.html'),
  ]
  return (
    outputs.every((path) => existsSync(path)) &&
    statSync(stamp).mtimeMs >= newest(join(root, 'packages'))
  )
}

export function build() {
  if (isBuilt()) return
  const begun = new Date()
  process.stderr.write('Building Sayso. This takes about half a minute, once.\n')
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`)
    process.exit(status ?? 1)
  }
  // Of a build that went well only the sizes it is held to are of interest.
  const sizes = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('KiB'))
  for (const line of sizes) process.stderr.write(`${line.replace(/^.*?\] /, '')}\n`)
  writeFileSync(stamp, '')
  utimesSync(stamp, begun, begun)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build()
  const server = spawn(
    process.execPath,
    [join(root, 'packages/server/dist/bin.js'), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  )
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.kill(signal))
  server.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
}
