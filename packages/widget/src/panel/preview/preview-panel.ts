// The panel of a preview: everything can be pressed, and nothing comes of it.

import type { OpenAsk, Talk } from '../model/shapes.ts'
import type { PanelActs } from '../store/panel.ts'
import { type PanelState, Store } from '../store/state.ts'

const nothing = () => Promise.resolve()

export class PreviewPanel implements PanelActs {
  readonly store = new Store<PanelState>({ kind: 'loading' })
  readonly #closed: () => void

  constructor(closed: () => void) {
    this.#closed = closed
  }

  close(): void {
    this.#closed()
  }

  draft = () => ''
  keepDraft(): void {}
  begin(_form: OpenAsk): void {}
  send(): void {}
  writing(): void {}
  retry(): void {}
  discard(): void {}
  startNew(): void {}
  go(): void {}
  showEarlier(): void {}
  choose(): void {}
  say(): void {}
  again(): void {}
  rate = nothing
  mailTranscript = nothing
  leaveMessage = nothing
  save = nothing
  forget = nothing
  earlierLines = nothing
  earlierTalks = (): Promise<readonly Talk[]> => Promise.resolve([])
  transcript = () => Promise.resolve('')
  attach = () => Promise.reject(new Error('this is a preview'))
  picture = () => Promise.reject(new Error('this is a preview'))
}
