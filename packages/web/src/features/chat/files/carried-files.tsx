// What a message carries: pictures to look at, sounds and films to play, everything else to save.

import type { AttachmentView } from '@sayso/client'
import { type ReactNode, Suspense, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { again, lazy } from '../../../ui/late.ts'
import { spokenLanguage } from '../../../ui/words.ts'
import type { Carried, Picture } from '../model/carried.ts'
import { picStyle, rowClass } from '../model/carried-shape.ts'
import { isPlayed, sizeText } from '../model/files.ts'
import { fileTexts } from '../model/texts-files.ts'
import { DownloadIcon, FileIcon } from './file-icon.tsx'
import { LinkCard } from './link-card.tsx'
import { useObjectUrl } from './object-urls.ts'

const loadLightbox = () => import('./lightbox.tsx')
const Lightbox = lazy(loadLightbox)

type DropPreview = { readonly onDropPreview: ((id: string) => void) | undefined }

/** The default export is what `lazy` takes. */
// biome-ignore lint/style/noDefaultExport: see above
export default function CarriedFiles(props: Carried & DropPreview): ReactNode {
  const { pictures, files, previews, onDropPreview } = props
  const [open, setOpen] = useState<number>()
  const [only] = pictures
  return (
    <div className="carried">
      {pictures.length === 1 && only !== undefined ? (
        <PictureTile picture={only} style={picStyle(only)} onOpen={() => setOpen(0)} />
      ) : null}
      {pictures.length > 1 ? (
        <div className="pics">
          {pictures.map((picture, index) => (
            <PictureTile key={picture.id} picture={picture} onOpen={() => setOpen(index)} />
          ))}
        </div>
      ) : null}
      {files.map((file) => (
        <FileRow key={file.id} file={file} />
      ))}
      {previews.map((preview) => (
        <LinkCard key={preview.id} preview={preview}>
          {onDropPreview === undefined ? null : (
            <IconButton
              icon="x"
              label={fileTexts.removePreview}
              onClick={() => onDropPreview(preview.id)}
            />
          )}
        </LinkCard>
      ))}
      {open === undefined ? null : (
        <Suspense>
          <Lightbox pictures={pictures} start={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </div>
  )
}

function PictureTile(props: {
  readonly picture: Picture
  readonly style?: ReturnType<typeof picStyle>
  readonly onOpen: () => void
}): ReactNode {
  const { picture, style } = props
  const { id, name, description, preview } = picture
  const url = useObjectUrl(preview === undefined ? `/files/${id}` : `/files/${id}/preview`)
  if (url === 'gone') {
    return (
      <span className="pic gone-pic xs" style={style}>
        {fileTexts.gone}
      </span>
    )
  }
  return (
    <button
      type="button"
      className="pic"
      style={style}
      title={description ?? name}
      aria-label={`${fileTexts.open(name)}: ${description ?? fileTexts.noDescription}`}
      // Whoever points at a picture is likely to open it.
      onPointerEnter={() => void again(loadLightbox)}
      onFocus={() => void again(loadLightbox)}
      onClick={props.onOpen}
    >
      {url === undefined ? null : <img src={url} alt="" draggable={false} />}
    </button>
  )
}

export function FileRow({ file }: { readonly file: AttachmentView }): ReactNode {
  const { id, name, type, bytes, description } = file
  const path = `/files/${id}`
  return (
    <div className={rowClass(type)}>
      <div className="file-line">
        <FileIcon type={type} />
        <span className="file-name">
          <b className="cut sm" title={name}>
            {name}
          </b>
          <span className="xs dim num">{sizeText(bytes, spokenLanguage())}</span>
        </span>
        <a
          className="iconbtn"
          href={`${path}?save`}
          download={name}
          aria-label={fileTexts.saveFile(name)}
          title={fileTexts.save}
        >
          <DownloadIcon />
        </a>
      </div>
      {isPlayed(type) ? <Player path={path} type={type} label={description ?? name} /> : null}
    </div>
  )
}

/** Nothing of it is fetched before it is played, but what a film begins with. */
function Player(props: {
  readonly path: string
  readonly type: string
  readonly label: string
}): ReactNode {
  const { path, type, label } = props
  if (type.startsWith('audio/')) {
    // biome-ignore lint/a11y/useMediaCaption: people send what they recorded; its description is its label
    return <audio controls preload="none" src={path} aria-label={label} />
  }
  // biome-ignore lint/a11y/useMediaCaption: as above
  return <video controls preload="metadata" playsInline src={path} aria-label={label} />
}
