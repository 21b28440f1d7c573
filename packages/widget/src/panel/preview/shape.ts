// What the page that sets a widget up says to the preview. It is of our own origin, and in the middle of being typed.

import type { Config } from '../model/shapes.ts'

const SHOWN = ['talk', 'form', 'offline', 'ended'] as const
type Shown = (typeof SHOWN)[number]

type Hours = { readonly week?: Readonly<Record<string, readonly (readonly [string, string])[]>> }

export type Preview = {
  readonly kind: 'preview'
  readonly show: Shown
  /** A widget as `PUT /desk/widgets/{id}` takes it; what is absent is as usual. */
  readonly draft: Partial<
    Pick<Config, 'name' | 'texts' | 'language' | 'form' | 'offline' | 'files'>
  > & {
    readonly look?: Partial<Config['look']>
    readonly hours?: Hours
  }
  /** Of who sets it up: counts where the widget speaks the visitor's. */
  readonly language?: string
  /** What is said in the conversation that is shown. */
  readonly sample?: {
    readonly operator?: string
    readonly question?: string
    readonly answer?: string
  }
}

/** undefined: whatever else is said in a page. */
export function previewIn(message: { readonly kind: string } | undefined): Preview | undefined {
  const said = message as Partial<Preview> | undefined
  const isOurs =
    said?.kind === 'preview' &&
    SHOWN.some((each) => each === said.show) &&
    typeof said.draft === 'object' &&
    said.draft !== null
  return isOurs ? (said as Preview) : undefined
}
