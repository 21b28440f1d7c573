// `:tada:` in a text. The emoji are fetched when the first such code is seen; what is none stays as it was written.

import type { ReactNode } from 'react'
import { useEmoji } from '../emoji/load-emoji.ts'

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function EmojiCode(props: { readonly code: string }): ReactNode {
  return useEmoji()?.byCode.get(props.code)?.char ?? `:${props.code}:`
}
