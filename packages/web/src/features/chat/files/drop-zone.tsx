// Files that are dragged over the page can be dropped anywhere on it: beside the sheet the browser would open them in place of
// the page.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { fileTexts } from '../model/texts-files.ts'

export type DropZoneProps = { readonly onFiles: (files: readonly File[]) => void }

/** Lies over the sheet while files are held over the page. */
export function DropZone({ onFiles }: DropZoneProps): ReactNode {
  const [isOver, setOver] = useState(false)
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    const leave = new AbortController()
    const on = (name: 'dragover' | 'dragleave' | 'drop', hear: (event: DragEvent) => void) =>
      addEventListener(name, hear, { signal: leave.signal })
    on('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(true)
    })
    on('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false)
    })
    on('drop', (event) => {
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      latest.current(files)
    })
    return () => leave.abort()
  }, [])
  const sheet = isOver ? document.querySelector('.sheet') : null
  return sheet && createPortal(<div className="drop-here">{fileTexts.dropHere}</div>, sheet)
}
