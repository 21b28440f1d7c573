// What the server saw at an address, as a card. Nothing of it comes from there when it is read.

import type { LinkPreviewView } from '@sayso/client'
import type { ReactNode } from 'react'
import { useObjectUrl } from './object-urls.ts'

export function LinkCard(props: {
  readonly preview: LinkPreviewView
  readonly children?: ReactNode
}): ReactNode {
  const { url, title, description, site, image } = props.preview
  const host = URL.canParse(url) ? new URL(url).host : url
  const picture = useObjectUrl(image === undefined ? undefined : `/files/${image.id}`)
  return (
    <div className={image === undefined ? 'link-card' : 'link-card pictured'}>
      {image === undefined ? null : (
        <span className="link-picture">
          {picture === undefined || picture === 'gone' ? null : <img src={picture} alt="" />}
        </span>
      )}
      <span className="link-text">
        <span className="xs dim cut">{site ?? host}</span>
        <a
          className="sm cut"
          href={url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          dir="auto"
        >
          {title ?? host}
        </a>
        {description === undefined ? null : (
          <span className="xs dim link-says" dir="auto">
            {description}
          </span>
        )}
      </span>
      {props.children}
    </div>
  )
}
