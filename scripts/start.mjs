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
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) process.exit(status ?? 1)
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
