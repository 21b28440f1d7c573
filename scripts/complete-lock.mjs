// Completes package-lock.json with the platform packages that the registry in use does not carry. npm leaves those out
// when it writes the lock, and then refuses to install from it; on other machines they are needed. Run after `npm install`.

import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]
const PROCESSORS = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]

/** What a platform package's name says it runs on. */
function platform(name) {
  const words = name.slice(name.indexOf('/') + 1).split('-')
  const has = (word) => words.includes(word)
  const cpu = has('wasm32') ? 'wasm32' : PROCESSORS.find((each) => has(each))
  const os = SYSTEMS.find((each) => has(each))
  if (cpu === undefined) return undefined
  const libc = has('musl') ? ['musl'] : has('gnu') || has('gnueabihf') ? ['glibc'] : undefined
  return { cpu: [cpu], ...(libc && { libc }), ...(os && { os: [os] }) }
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const added = []
const unknown = []
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
    if (places.some((place) => lock.packages[place] !== undefined)) continue
    const runsOn = platform(name)
    if (runsOn === undefined || !/^\d/.test(version)) {
      unknown.push(`${path} → ${name}@${version}`)
      continue
    }
    const { cpu, ...rest } = runsOn
    const flags = entry.dev ? { dev: true } : entry.devOptional ? { devOptional: true } : {}
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...flags,
      ...(rest.libc && { libc: rest.libc }),
      optional: true,
      ...(rest.os && { os: rest.os }),
    }
    added.push(`${name}@${version}`)
  }
}
const sorted = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1)),
)
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`)
process.stdout.write(
  `${added.length} platform packages added\n${unknown.map((each) => `left out: ${each}\n`).join('')}`,
)
