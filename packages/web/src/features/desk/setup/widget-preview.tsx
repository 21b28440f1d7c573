// What visitors will see: the panel itself, in a frame that connects nowhere, drawn from what stands in the form.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { spokenLanguage } from '../../../ui/words.ts'
import { setupTexts } from '../model/texts-setup.ts'
import { bodyOf, type WidgetDraft } from '../model/widget-draft.ts'

const SHOWN = ['talk', 'form', 'offline', 'ended'] as const
type Shown = (typeof SHOWN)[number]

/** Marks messages between the panel and the page around it. */
const MARK = 'sayso-widget'

export function WidgetPreview({ draft }: { readonly draft: WidgetDraft }): ReactNode {
  const [shown, setShown] = useState<Shown>('talk')
  const frame = useRef<HTMLIFrameElement>(null)
  const isReady = useReady(frame)
  useEffect(() => {
    if (!isReady) return
    const { question, operator, answer, name } = setupTexts.preview
    const message = {
      kind: 'preview',
      show: shown,
      draft: { ...bodyOf(draft), name: draft.name.trim() || name },
      language: spokenLanguage(),
      sample: { question, operator, answer },
    }
    frame.current?.contentWindow?.postMessage({ sayso: MARK, message }, location.origin)
  }, [isReady, shown, draft])
  const { preview } = setupTexts
  return (
    <aside className="preview" aria-label={preview.title}>
      <fieldset className="modes">
        <legend className="vh">{preview.which}</legend>
        {SHOWN.map((one) => (
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
      <iframe
        ref={frame}
        className="preview-page"
        title={preview.title}
        src="/widget/frame?preview=1"
        data-ready={isReady}
        style={draft.theme === 'auto' ? {} : { colorScheme: draft.theme }}
      />
    </aside>
  )
}

/** True once the panel in the frame takes drafts. */
function useReady(frame: { readonly current: HTMLIFrameElement | null }): boolean {
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    const onMessage = ({ source, origin, data }: MessageEvent) => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return
      const said = data as { sayso?: unknown; message?: { kind?: unknown } } | null
      if (said?.sayso === MARK && said.message?.kind === 'ready') setReady(true)
    }
    addEventListener('message', onMessage)
    return () => removeEventListener('message', onMessage)
  }, [frame])
  return isReady
}
