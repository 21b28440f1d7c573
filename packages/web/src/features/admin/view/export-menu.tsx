// A list of the API, taken along as a file.

import type { ReactNode } from 'react'
import { Menu } from '../../../ui/menu.tsx'
import { texts } from '../model/texts.ts'

export function ExportMenu(props: {
  /** Why it cannot be taken along from here. */
  readonly off: string | undefined
  readonly hrefOf: (format: 'csv' | 'jsonl') => string
}): ReactNode {
  const { off } = props
  const item = (format: 'csv' | 'jsonl') => ({
    key: format,
    label: texts[format],
    icon: 'download',
    isOff: off !== undefined,
    detail: off ?? texts.exportHint,
    onSelect: () => location.assign(props.hrefOf(format)),
  })
  return (
    <Menu icon="download" label={texts.export} groups={[{ items: [item('csv'), item('jsonl')] }]} />
  )
}
