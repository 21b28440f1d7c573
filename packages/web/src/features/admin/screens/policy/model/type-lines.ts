// Actions, attributes and relations of a type as lines of text, and back. Pure.

import type { ResourceTypeDocument } from '@sayso/policy'

export function linesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

export function attributeLines({ attributes = {} }: Partial<ResourceTypeDocument>): string {
  return Object.entries(attributes)
    .map(([name, type]) => `${name}: ${type}`)
    .join('\n')
}

export function relationLines({ relations = {} }: Partial<ResourceTypeDocument>): string {
  return Object.entries(relations)
    .map(([name, types]) => `${name}: ${types.join(', ')}`)
    .join('\n')
}

/** `name: value` in every line; the first that is not is told. */
export function pairsIn(
  text: string,
):
  | { readonly isRead: true; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly isRead: false; readonly line: string } {
  const pairs: (readonly [string, string])[] = []
  for (const line of linesIn(text)) {
    const [, name, value] = /^([\w-]+)\s*:\s*(\S.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return { isRead: false, line }
    pairs.push([name, value])
  }
  return { isRead: true, pairs }
}
