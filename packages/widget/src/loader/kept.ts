// What the page keeps of a widget between visits: whose device this is, and how the launcher looked. A browser that keeps
// nothing is a browser on which one begins anew.

import type { Look } from '../shared/messages.ts'

type Kept = { readonly device?: string; readonly look?: Look; readonly isOpen?: boolean }

export function keptBy(widget: string) {
  const name = `sayso-widget:${widget}`
  const read = (): Kept => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '{}')
      return typeof kept === 'object' && kept !== null ? kept : {}
    } catch {
      return {}
    }
  }
  return {
    read,
    write(change: { [Name in keyof Kept]?: Kept[Name] | undefined }): void {
      try {
        localStorage.setItem(name, JSON.stringify({ ...read(), ...change }))
      } catch {
        // Not kept, then.
      }
    },
  }
}
