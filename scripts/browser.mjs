// Finds a Chromium for the browser tests: the system's, else Debian's package, else Playwright's own.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

export function findBrowser() {
  const named = process.env.CHROMIUM
  if (named !== undefined && existsSync(named)) return named
  return KNOWN.find((path) => existsSync(path))
}

export function provideBrowser() {
  const found = findBrowser()
  if (found !== undefined) return found
  const run = (command, ...args) =>
    spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    run('apt-get', 'update')
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium')
  }
  if (findBrowser() === undefined) run('npx', 'playwright-core', 'install', 'chromium')
  // Playwright's own is found by Playwright itself.
  return findBrowser()
}

if (process.argv[1]?.endsWith('browser.mjs')) {
  process.stdout.write(`browser: ${provideBrowser() ?? 'the one Playwright brings'}\n`)
}
