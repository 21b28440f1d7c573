// What a client says it is, made readable: `ably-js/2.28.0 nodejs/20.11.1` is Node.js 20.11 with ably-js 2.28. Pure.

const NAMES: Readonly<Record<string, string>> = {
  nodejs: 'Node.js',
  'sayso-client': 'Sayso',
  sayso: 'Sayso',
  'react-hooks': 'React hooks',
  reactnative: 'React Native',
  'ably-python': 'ably-python',
}
/** Where it runs stands before what it runs. */
const PLACES: ReadonlySet<string> = new Set([
  'nodejs',
  'firefox',
  'chrome',
  'safari',
  'edge',
  'opera',
  'android',
  'ios',
  'reactnative',
])

export function spokenAgent(agent: string | undefined): string {
  const parts = (agent ?? '').split(' ').filter((part) => part !== '')
  const isPlace = (part: string) => PLACES.has(part.split('/')[0]?.toLowerCase() ?? '')
  const sorted = [...parts.filter(isPlace), ...parts.filter((part) => !isPlace(part))]
  return sorted.map(spoken).join(', ') || '–'
}

function spoken(part: string): string {
  const [name = '', version] = part.split('/', 2)
  const called = NAMES[name.toLowerCase()] ?? name
  return version === undefined ? called : `${called} ${shortened(version)}`
}

/** Without the patch, and without zeros that say nothing. */
function shortened(version: string): string {
  const [major = '', minor = ''] = version.split('.')
  return minor === '' || (minor === '0' && major !== '0') ? major : `${major}.${minor}`
}
