// The sections of the settings, in the order in which they stand. Pure.

export type SectionKey =
  | 'profile'
  | 'account'
  | 'devices'
  | 'privacy'
  | 'notifications'
  | 'appearance'
  | 'language'
  | 'keyboard'
  | 'accessibility'

export type SectionGroup = {
  readonly key: 'you' | 'here'
  readonly sections: readonly { readonly key: SectionKey; readonly icon: string }[]
}

export const GROUPS: readonly SectionGroup[] = [
  {
    key: 'you',
    sections: [
      { key: 'profile', icon: 'circle-user' },
      { key: 'account', icon: 'key-round' },
      { key: 'devices', icon: 'monitor' },
      { key: 'privacy', icon: 'shield' },
    ],
  },
  {
    key: 'here',
    sections: [
      { key: 'notifications', icon: 'bell' },
      { key: 'appearance', icon: 'sun' },
      { key: 'language', icon: 'languages' },
      { key: 'keyboard', icon: 'keyboard' },
      { key: 'accessibility', icon: 'eye' },
    ],
  },
]

/** The section of a name out of an address; `undefined` for the list of them, which a phone shows first. */
export function sectionOf(name: string): SectionKey | undefined {
  return GROUPS.flatMap((group) => group.sections).find((one) => one.key === name)?.key
}
