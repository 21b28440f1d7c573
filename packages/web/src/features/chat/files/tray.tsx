// The files of a message that is being written, above the field: how far each is, what it shows, how to take it back.

import { type ReactNode, useEffect, useId, useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { spokenLanguage } from '../../../ui/words.ts'
import { sizeText } from '../model/files.ts'
import { fileTexts } from '../model/texts-files.ts'
import { Why } from '../view/why.tsx'
import { FileIcon } from './file-icon.tsx'
import type { Upload, Uploads } from './uploads.ts'

export type TrayProps = {
  readonly uploads: Uploads
  readonly own: readonly Upload[]
  readonly draftKey: string
  readonly waits: string | undefined
}

export function Tray(props: TrayProps): ReactNode {
  const { uploads, own, draftKey, waits } = props
  const canSkip = waits === fileTexts.waitsForDescription
  return (
    <section className="tray" aria-label={fileTexts.files}>
      <ul>
        {own.map((one) => (
          <Item key={one.key} one={one} uploads={uploads} />
        ))}
      </ul>
      <p className="tray-says xs dim" role="status">
        {waits}
        {canSkip ? (
          <button type="button" className="link" onClick={() => uploads.skipAll(draftKey)}>
            {fileTexts.skip}
          </button>
        ) : null}
      </p>
    </section>
  )
}

function Item(props: { readonly one: Upload; readonly uploads: Uploads }): ReactNode {
  const { one, uploads } = props
  const { key, name, blob, state } = one
  const isReady = state.kind === 'ready'
  const url = usePictureUrl(blob)
  return (
    <li className={`tray-item ${state.kind}`}>
      <div className="tray-head">
        {url === undefined ? <FileIcon type={blob.type} /> : <img src={url} alt="" />}
        <div className="tray-text">
          <b className="cut sm">{name}</b>
          <StateLine one={one} uploads={uploads} />
        </div>
        <IconButton
          icon="x"
          label={isReady ? fileTexts.remove(name) : fileTexts.cancel(name)}
          onClick={(event) => {
            focusBeside(event.currentTarget)
            uploads.remove(key)
          }}
        />
      </div>
      {url !== undefined && state.kind !== 'failed' ? (
        <Description one={one} uploads={uploads} />
      ) : null}
    </li>
  )
}

function StateLine({
  one,
  uploads,
}: {
  readonly one: Upload
  readonly uploads: Uploads
}): ReactNode {
  const { state, name, blob } = one
  switch (state.kind) {
    case 'waiting':
      return <span className="xs dim">{fileTexts.waiting}</span>
    case 'sending': {
      const percent = blob.size === 0 ? 100 : Math.floor((100 * state.sent) / blob.size)
      return (
        <span className="xs dim num">
          <progress max={100} value={percent} aria-label={fileTexts.progress(name)} />
          {fileTexts.sent(percent)}
        </span>
      )
    }
    case 'paused':
      return <span className="xs dim">{fileTexts.paused}</span>
    case 'failed':
      return (
        <span className="xs error" role="alert">
          {state.why} <Why explanation={state.explanation} />{' '}
          {state.isFinal ? null : (
            <button type="button" className="link" onClick={() => uploads.retry(one.key)}>
              {fileTexts.again}
            </button>
          )}
        </span>
      )
    case 'ready':
      return (
        <span className="xs dim num">
          {sizeText(state.view.bytes, spokenLanguage())}
          <span className="vh">{fileTexts.ready(name)}</span>
        </span>
      )
  }
}

function Description({
  one,
  uploads,
}: {
  readonly one: Upload
  readonly uploads: Uploads
}): ReactNode {
  const id = useId()
  const { key, name, description, isSkipped } = one
  return (
    <div className="tray-describe">
      <label className="vh" htmlFor={id}>
        {fileTexts.describe(name)}
      </label>
      <input
        id={id}
        className="sm"
        value={description}
        maxLength={1_000}
        dir="auto"
        placeholder={isSkipped ? fileTexts.skipped : fileTexts.describeHint}
        autoComplete="off"
        onChange={(event) => uploads.describe(key, event.target.value)}
        // Enter is for sending; here it would send half a description.
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
    </div>
  )
}

/** The picture of the file itself, while it is here. */
function usePictureUrl(blob: Blob): string | undefined {
  const isShown = blob.size > 0 && blob.type.startsWith('image/') && blob.type !== 'image/svg+xml'
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!isShown) return
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob, isShown])
  return isShown ? url : undefined
}

/** What is removed takes the focus with it: the next file has it then, else the field. */
function focusBeside(button: HTMLElement): void {
  const item = button.closest('li')
  const beside = item?.nextElementSibling ?? item?.previousElementSibling
  const form = button.closest('form')
  const next = beside?.querySelector('button') ?? form?.querySelector('textarea')
  next?.focus()
}
