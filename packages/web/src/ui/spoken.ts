// Components that are drawn again only if what they are given has changed, or the language.

import {
  type ComponentType,
  createElement,
  memo as memoized,
  type NamedExoticComponent,
  useSyncExternalStore,
} from 'react'
import { type Language, onLanguage, spokenLanguage, spokenTurn } from './words.ts'

/** The language spoken now; whoever asks is drawn again when it changes. */
export function useLanguage(): Language {
  useSyncExternalStore(onLanguage, spokenTurn)
  return spokenLanguage()
}

/** React's `memo` for what shows texts: a part that is skipped would go on speaking the language of before. */
export function memo<P extends object>(
  Component: ComponentType<P>,
  isSame?: (one: Readonly<P>, other: Readonly<P>) => boolean,
): NamedExoticComponent<P> {
  function Spoken(props: P) {
    useLanguage()
    return createElement(Component, props)
  }
  Spoken.displayName = Component.displayName ?? Component.name
  return memoized(Spoken, isSame) as unknown as NamedExoticComponent<P>
}
