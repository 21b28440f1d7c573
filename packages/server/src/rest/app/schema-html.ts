// A JSON Schema as people read it: the shape of a value with its bounds, names of shapes as links.

type Schema = Readonly<Record<string, unknown>>

/** @returns HTML for inside `<code>` */
export function schemaHtml(schema: unknown, indent = ''): string {
  const { $ref, anyOf, enum: values, const: only, type } = (schema ?? {}) as Schema
  if (typeof $ref === 'string') return named($ref)
  if (Array.isArray(anyOf)) return anyOf.map((each) => schemaHtml(each, indent)).join(' | ')
  if (Array.isArray(values)) return values.map((each) => escaped(JSON.stringify(each))).join(' | ')
  if (only !== undefined) return escaped(JSON.stringify(only))
  if (type === 'object') return objectHtml(schema as Schema, indent)
  if (type === 'array') return `[ ${schemaHtml((schema as Schema).items, indent)} … ]`
  if (typeof type === 'string') return escaped(`${type}${boundsOf(schema as Schema)}`)
  return 'any'
}

function named(ref: string): string {
  const name = escaped(ref.slice(ref.lastIndexOf('/') + 1))
  return `<a href="#shape-${name}">${name}</a>`
}

function objectHtml({ properties, required, additionalProperties }: Schema, indent: string) {
  const inner = `${indent}  `
  const needed = new Set(Array.isArray(required) ? required : [])
  const lines = Object.entries((properties ?? {}) as Record<string, Schema>).map(
    ([name, schema]) => {
      const mark = needed.has(name) ? '' : '?'
      const { description } = schema
      const about = typeof description === 'string' ? `  // ${escaped(description)}` : ''
      return `${inner}${escaped(name)}${mark}: ${schemaHtml(schema, inner)}${about}`
    },
  )
  if (typeof additionalProperties === 'object' && additionalProperties !== null) {
    const value =
      Object.keys(additionalProperties).length === 0
        ? 'any'
        : schemaHtml(additionalProperties, inner)
    lines.push(`${inner}[name]: ${value}`)
  }
  return lines.length === 0 ? '{ }' : `{\n${lines.join('\n')}\n${indent}}`
}

/** ` 1–100` or `, at most 500 characters`; nothing where the bounds are those of the number type. */
function boundsOf({ minimum, maximum, maxLength, default: usual }: Schema): string {
  const low = typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined
  const high =
    typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined
  const range = low === undefined && high === undefined ? '' : ` ${low ?? ''}–${high ?? ''}`
  const length = typeof maxLength === 'number' ? `, at most ${maxLength} characters` : ''
  const otherwise = usual === undefined ? '' : `, default ${JSON.stringify(usual)}`
  return `${range}${length}${otherwise}`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
