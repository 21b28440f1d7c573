// Pictures of a message, large: arrow keys go from one to the next, Escape goes back to where one was.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from '../../../ui/button.tsx'
import type { Picture } from '../model/carried.ts'
import { fileTexts } from '../model/texts-files.ts'
import { DownloadIcon } from './file-icon.tsx'
import { useObjectUrl } from './object-urls.ts'

type LightboxProps = {
  readonly pictures: readonly Picture[]
  readonly start: number
  readonly onClose: () => void
}

// biome-ignore lint/style/noDefaultExport: `lazy` takes it
export default function Lightbox({ pictures, start, onClose }: LightboxProps): ReactNode {
  const [at, setAt] = useState(start)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // Shown as a modal the rest of the page is out of reach, and closing gives the focus back.
    dialog.current?.showModal()
  }, [])
  const picture = pictures[at]
  if (picture === undefined) return null
  const go = (step: number) => setAt((at + step + pictures.length) % pictures.length)
  const onKey = (event: KeyboardEvent) => {
    // Keys of the log behind must not move as well.
    event.stopPropagation()
    if (event.key === 'ArrowRight') go(1)
    if (event.key === 'ArrowLeft') go(-1)
  }
  return createPortal(
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={picture.description ?? picture.name}
      onKeyDown={onKey}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close()
      }}
    >
      <div className="lightbox-bar">
        <span className="cut sm grow">{picture.name}</span>
        {pictures.length > 1 ? (
          <>
            <span className="sm num">{fileTexts.at(at + 1, pictures.length)}</span>
            <IconButton icon="chevron-left" label={fileTexts.previous} onClick={() => go(-1)} />
            <IconButton
              icon="chevron-left"
              className="mirrored"
              label={fileTexts.next}
              onClick={() => go(1)}
            />
          </>
        ) : null}
        <a
          className="iconbtn"
          href={`/files/${picture.id}?save`}
          download={picture.name}
          aria-label={fileTexts.saveFile(picture.name)}
        >
          <DownloadIcon />
        </a>
        <IconButton icon="x" label={fileTexts.close} onClick={() => dialog.current?.close()} />
      </div>
      <Large key={picture.id} picture={picture} />
      {picture.description === undefined ? null : (
        <p className="lightbox-says" dir="auto">
          {picture.description}
        </p>
      )}
    </dialog>,
    document.body,
  )
}

function Large({ picture }: { readonly picture: Picture }): ReactNode {
  const { id, width, height, description } = picture
  const url = useObjectUrl(`/files/${id}`)
  if (url === 'gone') return <p className="lightbox-says">{fileTexts.gone}</p>
  return (
    <div className="lightbox-room">
      {url === undefined ? null : (
        <img src={url} alt={description ?? fileTexts.noDescription} width={width} height={height} />
      )}
    </div>
  )
}
