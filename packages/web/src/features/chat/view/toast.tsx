// One notice, raised for a moment.

import { type ReactNode, useCallback } from 'react'
import { Toast as Shown } from '../../../ui/toast.tsx'
import type { Notice } from '../model/notice-list.ts'
import { texts } from '../model/texts.ts'
import { Why } from './why.tsx'

export function Toast(props: {
  readonly notice: Notice
  readonly onDown: (id: string) => void
}): ReactNode {
  const { notice, onDown } = props
  const { id, text, explanation } = notice
  const down = useCallback(() => onDown(id), [id, onDown])
  return (
    <Shown
      tone={notice.tone}
      glyph={notice.glyph}
      title={notice.title}
      version={text}
      dismiss={texts.dismiss}
      onDown={down}
    >
      <br />
      <span className="dim">{text}</span> <Why explanation={explanation} />
    </Shown>
  )
}
