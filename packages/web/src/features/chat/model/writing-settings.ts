// How one likes to write: kept with the personal settings under the key `writing`. Pure.

export type WritingSettings = {
  /** Whether formatting is shown while one writes. */
  readonly preview: boolean
  /** Whether buttons for formatting stand above the field. */
  readonly bar: boolean
  /** Whether drafts are kept on the server too, for one's other devices. */
  readonly shareDrafts: boolean
}

export const WRITING_KEY = 'writing'

const USUAL: WritingSettings = { preview: true, bar: false, shareDrafts: false }

/** What is kept, as far as it makes sense; the usual for the rest. */
export function writingSettings(
  kept: Readonly<Record<string, unknown>> | undefined,
): WritingSettings {
  const flag = (name: 'preview' | 'bar' | 'shareDrafts') => {
    const value = kept?.[name]
    return typeof value === 'boolean' ? value : USUAL[name]
  }
  return {
    preview: flag('preview'),
    bar: flag('bar'),
    shareDrafts: flag('shareDrafts'),
  }
}

/** What Enter does by itself; the other is done with Ctrl or Cmd. */
export type Enter = 'send' | 'line'

/** True if this key sends. Shift always starts a line. */
export function isSendKey(
  event: {
    readonly key: string
    readonly shiftKey: boolean
    readonly ctrlKey: boolean
    readonly metaKey: boolean
  },
  enter: Enter,
): boolean {
  if (event.key !== 'Enter' || event.shiftKey) return false
  return enter === 'send' || event.ctrlKey || event.metaKey
}
