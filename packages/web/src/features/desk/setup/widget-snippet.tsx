// What site owners put on their pages, to copy.

import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { formTexts } from '../../../ui/form-texts.ts'
import { setupTexts } from '../model/texts-setup.ts'
import { snippetOf } from '../model/widget-draft.ts'
import type { Widget } from '../store/calls.ts'

export function WidgetSnippet({ widget }: { readonly widget: Widget }): ReactNode {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  const snippet = snippetOf(location.origin, widget.id)
  const copy = () => {
    field.current?.select()
    navigator.clipboard.writeText(snippet).then(
      () => setSaid(formTexts.copied),
      () => setSaid(formTexts.copyByHand),
    )
  }
  return (
    <div className="field snippet">
      <label htmlFor={id}>{setupTexts.snippet.label}</label>
      <div className="row">
        <input
          ref={field}
          id={id}
          className="input code grow"
          readOnly
          value={snippet}
          onFocus={(event) => event.target.select()}
        />
        <Button icon="copy" onClick={copy}>
          {formTexts.copy}
        </Button>
      </div>
      <p role="status" className="hint">
        {said || setupTexts.snippet.hint}
      </p>
    </div>
  )
}
