// How one likes to write: kept with the personal settings under the key `writing`. Pure.

export type WritingSettings = {
  /** What Enter does by itself; the other is done with Ctrl or Cmd. */
  readonly enter: 'send' | 'line'
  /** Whether formatting is shown while one writes. */
  readonly preview: boolean
  /** Whether buttons for formatting stand above the field. */
  readonly bar: boolean
  /** Whether drafts are kept on the server too, for one's other devices. */
  readonly shareDrafts: boolean
}

export const WRITING_KEY = 'writing'

const USUAL: WritingSettings = { enter: 'send', preview: true, bar: false, shareDrafts: false }

/** What is kept, as far as it makes sense; the usual for the rest. */
export function writingSettings(
  kept: Readonly<Record<string, unknown>> | undefined,
): WritingSettings {
  const flag = (name: 'preview' | 'bar' | 'shareDrafts') => {
    const value = kept?.[name]
    return typeof value === 'boolean' ? value : USUAL[name]
  }
  return {
    enter: kept?.enter === 'line' ? 'line' : 'send',
    preview: flag('preview'),
    bar: flag('bar'),
    shareDrafts: flag('shareDrafts'),
  }
}

/** True if this key sends. Shift always starts a line. */
export function isSendKey(
  event: {
    readonly key: string
    readonly shiftKey: boolean
    readonly ctrlKey: boolean
    readonly metaKey: boolean
  },
  enter: WritingSettings['enter'],
): boolean {
  if (event.key !== 'Enter' || event.shiftKey) return false
  return enter === 'send' || event.ctrlKey || event.metaKey
}
