// Values as YAML text in the style of our documents: short things on one line, longer ones below each other.

const PLAIN = /^[A-Za-z_](?:[\w./-]|:(?=[\w/-]))*$/
const WORDS = /^(?:true|false|null|yes|no|on|off)$/i
const WIDEST = 100

/** One line, as within brackets. */
export function flowText(value: unknown): string {
  if (typeof value === 'string') return scalarText(value)
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).map(([key, part]) => `${scalarText(key)}: ${flowText(part)}`)
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
}

function scalarText(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text)
}

/** `key: value` as lines of a block map at this indentation; the first line has none. */
export function pairText(key: string, value: unknown, indent: string): string {
  const inline = `${scalarText(key)}: ${flowText(value)}`
  if (isShort(value, indent, inline)) return inline
  const below = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item) => itemText(item, below))
    : Object.entries(value as object).map(([name, part]) => pairText(name, part, below))
  return [`${scalarText(key)}:`, ...parts.map((part) => `${below}${part}`)].join('\n')
}

/** `- value` as lines of a block list at this indentation; the first line has none. */
export function itemText(value: unknown, indent: string): string {
  const inline = `- ${flowText(value)}`
  if (Array.isArray(value) || isShort(value, indent, inline)) return inline
  const pairs = Object.entries(value as object)
  return `- ${pairs.map(([key, part]) => pairText(key, part, `${indent}  `)).join(`\n${indent}  `)}`
}

/** Plain values, lists of them, and what fits on a line without objects inside. */
function isShort(value: unknown, indent: string, inline: string): boolean {
  if (typeof value !== 'object' || value === null) return true
  const parts = Object.values(value)
  if (parts.length === 0) return true
  const fits = indent.length + inline.length <= WIDEST
  const isFlat = parts.every((part) => typeof part !== 'object' || part === null)
  if (Array.isArray(value)) return isFlat
  return fits && inline.startsWith('- ')
}
