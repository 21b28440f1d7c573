// Whether the window is as narrow as a phone: then one pane is the whole page. The width is the style sheets'.

import { useSyncExternalStore } from 'react'

const PHONE = '(max-width: 719px)'

/** Made once: asked at every drawing. */
let made: MediaQueryList | undefined

function phone(): MediaQueryList {
  made ??= matchMedia(PHONE)
  return made
}

export function usePhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone().matches)
}

function subscribe(listener: () => void): () => void {
  const query = phone()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}
