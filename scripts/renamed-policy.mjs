// Writes the default policy document with every role and channel under another name. Nothing else may notice.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse, stringify } from 'yaml'

const source = parse(readFileSync('packages/server/default-policy.yaml', 'utf8'))
const types = Object.values(source.types)
const roles = new Set([
  ...Object.keys(source.tenant.roles),
  ...types.flatMap((type) => Object.keys(type.roles)),
])
const keys = Object.keys(source.seed.resources).map((resource) => resource.split(':')[1])
const renamed = new Map(
  [...roles, ...keys].map((name, index) => [name, `${name.slice(0, 1)}x${index}`]),
)

const word = (text) => renamed.get(text) ?? text
/** A role, or one held on something related: `tenant#admin`. */
const role = (text) => text.replace(/[^#]*$/, word)
const resource = (text) => text.replace(/^(\w+):(.+)$/, (_all, type, key) => `${type}:${word(key)}`)
const rename = (value, key) => {
  if (Array.isArray(value)) return value.map((each) => rename(each, key))
  if (typeof value === 'string') {
    if (['role', 'gives', 'replaces', 'extends', 'to', 'unless'].includes(key)) return role(value)
    if (key === 'on' || key === 'home') return resource(value)
    return key === 'title' || key === 'about' ? value.split('').reverse().join('') : value
  }
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.entries(value).map(([name, each]) => {
    // Roles of those in a support conversation, beside its type.
    if (key === 'desk' && name !== 'type')
      return [name, typeof each === 'string' ? role(each) : each]
    const next = key === 'roles' ? word(name) : key === 'resources' ? resource(name) : name
    return [next, rename(each, name)]
  })
  return Object.fromEntries(inner)
}

const target = process.argv[2] ?? '.tmp/renamed-policy.yaml'
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, stringify(rename(source, '')))
process.stdout.write(`${target}: ${[...renamed].map(([from, to]) => `${from}→${to}`).join(' ')}\n`)
