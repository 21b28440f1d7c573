// The room of what a message carries. It is known from the sizes the server wrote, so that nothing moves when the rest is
// loaded.

import { type ReactNode, Suspense } from 'react'
import { lazy } from '../../../ui/late.ts'
import '../styles/files.css'
import { carriedIn, type Carried as Things } from '../model/carried.ts'
import { picStyle, rowClass } from '../model/carried-shape.ts'
import type { Fields } from '../model/timeline.ts'

const Shown = lazy(() => import('../files/carried-files.tsx'))

/** Nothing, if the message carries nothing. */
export function Carried(props: {
  readonly extras: Fields | undefined
  /** Takes a link preview off; absent: it is not the reader's to take. */
  readonly onDropPreview?: ((id: string) => void) | undefined
}): ReactNode {
  const things = carriedIn(props.extras)
  if (things === undefined) return null
  return (
    <Suspense fallback={<Room {...things} />}>
      <Shown {...things} onDropPreview={props.onDropPreview} />
    </Suspense>
  )
}

function Room({ pictures, files, previews }: Things): ReactNode {
  const [only] = pictures
  return (
    <div className="carried" aria-busy="true">
      {pictures.length === 1 && only !== undefined ? (
        <span className="pic" style={picStyle(only)} />
      ) : null}
      {pictures.length > 1 ? (
        <span className="pics">
          {pictures.map(({ id }) => (
            <span key={id} className="pic" />
          ))}
        </span>
      ) : null}
      {files.map(({ id, type }) => (
        <span key={id} className={rowClass(type)} />
      ))}
      {previews.map(({ id, image }) => (
        <span key={id} className={image === undefined ? 'link-card' : 'link-card pictured'} />
      ))}
    </div>
  )
}
