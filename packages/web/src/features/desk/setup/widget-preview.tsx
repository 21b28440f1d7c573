// What visitors will see, drawn from what stands in the form.

import { type CSSProperties, type ReactNode, useState } from 'react'
import { Icon } from '../../../ui/icon.tsx'
import { setupTexts } from '../model/texts-setup.ts'
import { inkOn, type WidgetDraft } from '../model/widget-draft.ts'

type Shown = 'chat' | 'form' | 'offline'

export function WidgetPreview({ draft }: { readonly draft: WidgetDraft }): ReactNode {
  const [shown, setShown] = useState<Shown>('chat')
  const { preview } = setupTexts
  const style = { '--own': draft.colour, '--on-own': inkOn(draft.colour) } as CSSProperties
  const theme = draft.theme === 'auto' ? {} : { 'data-theme': draft.theme }
  return (
    <aside className="preview" aria-label={preview.title}>
      <fieldset className="modes">
        <legend className="vh">{preview.which}</legend>
        {(['chat', 'form', 'offline'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="preview"
              checked={shown === one}
              onChange={() => setShown(one)}
            />
            <span>{preview.shown[one]}</span>
          </label>
        ))}
      </fieldset>
      <div className="preview-page" {...theme} style={style} data-position={draft.position}>
        {/* What is only shown is passed over by readers: every word of it stands in the form. */}
        <div className="preview-panel" aria-hidden="true">
          <header>
            {draft.logo.startsWith('https://') ? <span className="preview-logo" /> : null}
            <b className="grow cut">{draft.texts.title || draft.name || preview.name}</b>
            <Icon name="x" />
          </header>
          <div className="preview-body">
            <Body draft={draft} shown={shown} />
          </div>
        </div>
        <span className="preview-launcher" data-launcher={draft.launcher} aria-hidden="true">
          <Icon name="message-circle" />
          {draft.launcher === 'tab' ? <b>{draft.texts.title || preview.chat}</b> : null}
        </span>
      </div>
    </aside>
  )
}

function Body(props: { readonly draft: WidgetDraft; readonly shown: Shown }): ReactNode {
  const { draft, shown } = props
  if (shown === 'chat') return <Chat draft={draft} />
  if (shown === 'form') return <Questions draft={draft} />
  return draft.offline === 'hide' ? (
    <p className="dim sm">{setupTexts.preview.hidden}</p>
  ) : (
    <Offline draft={draft} />
  )
}

type Drafted = { readonly draft: WidgetDraft }

function Chat({ draft }: Drafted): ReactNode {
  const { preview } = setupTexts
  return (
    <>
      <p className="dim xs">{draft.texts.online || preview.online}</p>
      <p className="theirs">{draft.texts.hello || preview.hello}</p>
      <p className="ours">{preview.question}</p>
      <p className="theirs">
        <b className="xs">{draft.hidesNames ? draft.name || preview.name : preview.operator}</b>
        <br />
        {preview.answer}
      </p>
      <span className="preview-field">{preview.write}</span>
    </>
  )
}

function Questions({ draft }: Drafted): ReactNode {
  const { preview } = setupTexts
  return (
    <>
      {draft.fields.length === 0 ? <p className="dim sm">{preview.noForm}</p> : null}
      {draft.fields.map(({ label, required }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same words while they are written
        <Labelled key={index} label={label} isNeeded={required} />
      ))}
      {draft.consent === '' ? null : (
        <span className="row xs">
          <span className="preview-check" /> {draft.consent}
        </span>
      )}
      <span className="preview-button">{preview.begin}</span>
    </>
  )
}

function Offline({ draft }: Drafted): ReactNode {
  const { preview } = setupTexts
  return (
    <>
      <p className="sm">
        <b>{draft.texts.away || preview.away}</b>
        <br />
        {draft.texts.offlineHint || preview.offlineHint}
      </p>
      <Labelled label={preview.email} isNeeded />
      <Labelled label={preview.message} isNeeded />
      <span className="preview-button">{preview.send}</span>
    </>
  )
}

function Labelled(props: { readonly label: string; readonly isNeeded: boolean }): ReactNode {
  return (
    <span className="preview-label xs">
      {props.label || '…'}
      {props.isNeeded ? ' *' : ''}
      <span className="preview-field" />
    </span>
  )
}
