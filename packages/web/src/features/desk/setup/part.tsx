// One part of a widget's settings: a heading with its fields.

import { type ReactNode, useId } from 'react'
import type { FormErrors } from '../../../ui/error-summary.tsx'
import type { WidgetDraft } from '../model/widget-draft.ts'

export type PartOfDraft = {
  readonly draft: WidgetDraft
  readonly errors: FormErrors
  readonly onChange: (some: Partial<WidgetDraft>) => void
}

export function Part(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const id = useId()
  return (
    <section className="builder-part" aria-labelledby={id}>
      <h2 id={id}>{props.title}</h2>
      {props.children}
    </section>
  )
}
