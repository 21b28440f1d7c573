// How much room what a message carries takes, before it is there. Pure.

import { boxOf } from './carried.ts'

/** The style of a picture of that size. */
export function picStyle(size: { readonly width: number; readonly height: number }) {
  const { width, height } = boxOf(size)
  return { width, aspectRatio: `${width} / ${height}` }
}

/** Sounds and films have players of one height each. */
export function rowClass(type: string): string {
  if (type.startsWith('video/')) return 'file-row film'
  return type.startsWith('audio/') ? 'file-row sound' : 'file-row'
}
