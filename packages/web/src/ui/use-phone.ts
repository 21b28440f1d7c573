// Whether the window is as narrow as a phone: then one pane is the whole page. The width is the style sheets'.

import { useSyncExternalStore } from 'react'

const PHONE = '(max-width: 719px)'

export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(PHONE).matches)
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(PHONE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
