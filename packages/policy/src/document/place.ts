// A lenient way through a tree of unchecked shape: what is not there, or is something else, has no parts and no text.

import type { Tree } from './tree.ts'

/** A value with its path, for problems. */
export type Place = { readonly tree: Tree; readonly at: number; readonly path: string }
export type NamedPlace = Place & { readonly key: string; readonly keyAt: number }

export function rootPlace(tree: Tree): Place {
  return { tree, at: tree.at, path: '' }
}

/** The fields of an object, in order. */
export function fieldsOf(place: Place | undefined): readonly NamedPlace[] {
  if (place?.tree.kind !== 'map') return []
  return place.tree.fields.map(({ key, at, value }) => ({
    key,
    keyAt: at,
    tree: value,
    at: value.at,
    path: place.path === '' ? key : `${place.path}.${key}`,
  }))
}

/** One field of an object. */
export function fieldOf(place: Place | undefined, key: string): NamedPlace | undefined {
  return fieldsOf(place).find((field) => field.key === key)
}

/** The items of a list, in order. */
export function itemsOf(place: Place | undefined): readonly Place[] {
  if (place?.tree.kind !== 'list') return []
  return place.tree.items.map((tree, i) => ({ tree, at: tree.at, path: `${place.path}[${i}]` }))
}

export function textOf(place: Place | undefined): string | undefined {
  if (place?.tree.kind !== 'value') return undefined
  return typeof place.tree.value === 'string' ? place.tree.value : undefined
}

/** The type in a resource id; undefined where the shape check has already spoken. */
export function typeIn(resource: string | undefined): string | undefined {
  const colon = resource?.indexOf(':') ?? -1
  return colon > 0 ? resource?.slice(0, colon) : undefined
}

/** The texts of a list; other items are left out. */
export function textsOf(place: Place | undefined): readonly (Place & { readonly text: string })[] {
  return itemsOf(place).flatMap((item) => {
    const text = textOf(item)
    return text === undefined ? [] : [{ ...item, text }]
  })
}
