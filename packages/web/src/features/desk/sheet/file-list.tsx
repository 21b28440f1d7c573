// Files of a message: pictures in small, everything as a row to save. Their bytes are asked for by the reader's right, each time.

import type { ReactNode } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { spokenLanguage } from '../../../ui/words.ts'
import type { Attachment } from '../model/log.ts'
import { texts } from '../model/texts.ts'

export function FileList({ files }: { readonly files: readonly Attachment[] }): ReactNode {
  return (
    <ul className="desk-files">
      {files.map((file) => (
        <li key={file.id}>
          {file.type.startsWith('image/') && file.width !== undefined ? (
            <a href={`/files/${file.id}`} target="_blank" rel="noopener">
              <img
                src={`/files/${file.id}`}
                alt={file.name}
                width={file.width}
                height={file.height}
                loading="lazy"
                decoding="async"
              />
            </a>
          ) : null}
          <a className="desk-file" href={`/files/${file.id}?save`} download={file.name}>
            <Icon name="paperclip" />
            <span className="cut grow">{file.name}</span>
            <span className="xs dim num">{sizeText(file.bytes)}</span>
            <span className="vh">{texts.saveFile}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function sizeText(bytes: number): string {
  const [unit, size] =
    bytes >= 1_000_000
      ? (['megabyte', 1_000_000] as const)
      : bytes >= 1_000
        ? (['kilobyte', 1_000] as const)
        : (['byte', 1] as const)
  const format = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(spokenLanguage(), format).format(bytes / size)
}
