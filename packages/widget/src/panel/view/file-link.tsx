// A file of a message. Its bytes are asked for with the visitor's proof, by the panel, when they are wanted: a link alone would
// carry none.

import { useEffect, useState } from 'preact/hooks'
import type { Attached } from '../model/shapes.ts'
import { Icon } from './icons.tsx'
import { usePanel, useSay } from './use.ts'
import { sizeText } from './when.ts'

/** Pictures that a browser shows and that cannot do anything. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])

type FileLinkProps = {
  readonly file: Attached
  /** Its message has arrived: before, nobody may read it. */
  readonly isThere: boolean
}

export function FileLink({ file, isThere }: FileLinkProps) {
  const { panel, state } = usePanel()
  const say = useSay()
  const isPicture = SHOWN.has(file.type)
  const address = usePicture(isPicture && isThere ? file.id : undefined)
  const save = () => void panel.save(file).catch((error: Error) => panel.say(error.message))
  const label = say('attachment', { name: file.name })
  if (isPicture) {
    const { width = 4, height = 3 } = file
    return (
      <button type="button" class="picture" aria-label={label} onClick={save}>
        <span style={{ aspectRatio: `${width} / ${height}` }}>
          {address !== undefined && <img src={address} alt="" />}
        </span>
      </button>
    )
  }
  return (
    <button type="button" class="file" onClick={save}>
      <Icon name="file" />
      <span class="grow">{file.name}</span>
      <span class="small">{sizeText(file.bytes, state.spoken.tag)}</span>
    </button>
  )
}

function usePicture(id: string | undefined): string | undefined {
  const { panel } = usePanel()
  const [address, set] = useState<string>()
  useEffect(() => {
    if (id === undefined) return
    let made: string | undefined
    let isGone = false
    panel.picture(id).then(
      (blob) => {
        if (isGone) return
        made = URL.createObjectURL(blob)
        set(made)
      },
      () => undefined,
    )
    return () => {
      isGone = true
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [id, panel])
  return address
}
