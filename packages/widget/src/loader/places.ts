// Where the visitor is, in pages that change their address without loading anew. Nothing of the page is replaced for it: where
// the browser does not tell, its own back and forward do.

import type { Place } from '../shared/messages.ts'

type Navigation = EventTarget & { readonly currentEntry: unknown }

export function placeChanges(told: (page: Place) => void): () => void {
  let last = location.href
  const look = () => {
    if (location.href === last) return
    const referrer = last
    last = location.href
    told({ url: last, title: document.title, referrer })
  }
  const { navigation } = globalThis as { navigation?: Navigation }
  const [target, name]: [EventTarget, string] =
    navigation === undefined ? [globalThis, 'popstate'] : [navigation, 'currententrychange']
  target.addEventListener(name, look)
  return () => target.removeEventListener(name, look)
}
