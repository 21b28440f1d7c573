// Files that go with what is being written.

import type { ReactNode } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { texts } from '../model/texts.ts'
import type { Attached } from './use-attachments.ts'

export function AttachedRow(props: {
  readonly items: readonly Attached[]
  readonly onRemove: (key: string) => void
}): ReactNode {
  if (props.items.length === 0) return null
  return (
    <ul className="attached">
      {props.items.map(({ key, name, bytes, sent, id, why }) => (
        <li key={key}>
          <span className="cut grow sm">{name}</span>
          {why === undefined ? null : (
            <span className="error xs" role="alert">
              {why}
            </span>
          )}
          {id === undefined && why === undefined ? (
            <progress max={bytes} value={sent} aria-label={texts.uploading(name)} />
          ) : null}
          <IconButton icon="x" label={texts.removeFile(name)} onClick={() => props.onRemove(key)} />
        </li>
      ))}
    </ul>
  )
}
