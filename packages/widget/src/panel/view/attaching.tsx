// Files for the next message: picked, dropped on the field or pasted; looked at before a byte is sent.

import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Attached } from '../model/shapes.ts'
import { Icon } from './icons.tsx'
import { usePanel, useSay } from './use.ts'
import { sizeText } from './when.ts'

type Props = {
  readonly files: readonly Attached[]
  readonly onFiles: (files: readonly Attached[]) => void
  readonly onBusy: (isBusy: boolean) => void
  readonly field: RefObject<HTMLTextAreaElement | null>
}

type Moving = { readonly name: string; readonly share: number; readonly stop: AbortController }

export function Attaching({ files, onFiles, onBusy, field }: Props) {
  const { panel, state } = usePanel()
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const [moving, setMoving] = useState<Moving>()
  const take = async (file: File) => {
    const problem = problemOf(file, state.config.files)
    if (problem !== undefined) {
      const size = sizeText(state.config.files.maxBytes, state.spoken.tag)
      return panel.say(say(problem, { name: file.name, size }))
    }
    const stop = new AbortController()
    const at = (share: number) => setMoving({ name: file.name, share, stop })
    at(0)
    onBusy(true)
    try {
      onFiles([...files, await panel.attach(file, at, stop.signal)])
    } catch (error) {
      if (!stop.signal.aborted) panel.say(say('failed', { reason: (error as Error).message }))
    } finally {
      setMoving(undefined)
      onBusy(false)
      field.current?.focus()
    }
  }
  const latest = useRef(take)
  latest.current = take
  useEffect(() => listenForFiles(field.current, (file) => void latest.current(file)), [field])
  return (
    <>
      {(moving !== undefined || files.length > 0) && (
        <ul class="attached">
          {files.map((file) => (
            <li key={file.id}>
              <span class="grow">{file.name}</span>
              <button
                type="button"
                class="icon"
                aria-label={say('removeFile', { name: file.name })}
                onClick={() => onFiles(files.filter(({ id }) => id !== file.id))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
          {moving !== undefined && (
            <li aria-live="polite">
              <span class="grow">
                {say('uploading', { name: moving.name, percent: Math.round(moving.share * 100) })}
              </span>
              <button
                type="button"
                class="icon"
                aria-label={say('cancel')}
                onClick={() => moving.stop.abort()}
              >
                <Icon name="close" />
              </button>
            </li>
          )}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={state.config.files.types.join(',')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          currentTarget.value = ''
          if (file !== undefined) void take(file)
        }}
      />
      <button
        type="button"
        class="icon"
        aria-label={say('attach')}
        aria-disabled={moving !== undefined}
        onClick={() => moving === undefined && input.current?.click()}
      >
        <Icon name="clip" />
      </button>
    </>
  )
}

function problemOf(
  { size, type }: File,
  { maxBytes, types }: { readonly maxBytes: number; readonly types: readonly string[] },
): 'tooLarge' | 'wrongType' | undefined {
  if (size > maxBytes) return 'tooLarge'
  const isTaken =
    types.length === 0 ||
    types.some((each) => (each.endsWith('/*') ? type.startsWith(each.slice(0, -1)) : each === type))
  return isTaken ? undefined : 'wrongType'
}

function listenForFiles(
  field: HTMLTextAreaElement | null,
  take: (file: File) => void,
): (() => void) | undefined {
  if (field === null) return undefined
  const from = (event: Event, files: FileList | undefined) => {
    const [file] = files ?? []
    if (file === undefined) return
    event.preventDefault()
    take(file)
  }
  const paste = (event: ClipboardEvent) => from(event, event.clipboardData?.files)
  const drop = (event: DragEvent) => from(event, event.dataTransfer?.files)
  field.addEventListener('paste', paste)
  field.addEventListener('drop', drop)
  return () => {
    field.removeEventListener('paste', paste)
    field.removeEventListener('drop', drop)
  }
}
