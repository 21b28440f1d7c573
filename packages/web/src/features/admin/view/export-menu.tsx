// A list of the API, taken along as a file.

import type { ReactNode } from 'react'
import { Menu } from '../../../ui/menu.tsx'
import { texts } from '../model/texts.ts'

export function ExportMenu(props: {
  readonly hrefOf: (format: 'csv' | 'jsonl') => string
}): ReactNode {
  const item = (format: 'csv' | 'jsonl') => ({
    key: format,
    label: texts[format],
    icon: 'download',
    detail: texts.exportHint,
    onSelect: () => download(props.hrefOf(format)),
  })
  return (
    <Menu icon="download" label={texts.export} groups={[{ items: [item('csv'), item('jsonl')] }]} />
  )
}

/** The browser writes what arrives to a file, piece by piece; a refusal leaves the page as it is. */
function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
