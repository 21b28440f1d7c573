// The panel and its launcher as a draft would have them, for who sets a widget up. The server lets this page connect nowhere:
// it asks nothing, and nothing of it is kept.

import { render } from 'preact'
import { launcher } from '../../loader/launcher.ts'
import { enveloped, opened, type ToPage } from '../../shared/messages.ts'
import { spoken } from '../model/texts.ts'
import { Root } from '../view/root.tsx'
import { drafted } from './drafted.ts'
import { PreviewPanel } from './preview-panel.ts'
import { type Preview, previewIn } from './shape.ts'
import './preview.css'

export function showPreview(root: HTMLElement): void {
  let isOpen = true
  let last: Preview | undefined
  const panel = new PreviewPanel(() => toggle())
  const button = launcher(() => toggle())
  const toggle = () => {
    isOpen = !isOpen
    if (last !== undefined) void draw(last)
  }
  const draw = async (preview: Preview) => {
    last = preview
    const { draft, language } = preview
    const wanted = [draft.language ?? 'auto', language ?? '', ...navigator.languages]
    const texts = await spoken(
      wanted.filter((tag) => tag !== 'auto' && tag !== ''),
      draft.texts,
    )
    // Another change may have come meanwhile.
    if (last !== preview) return
    const { documentElement: page } = document
    const isNothing = preview.show === 'offline' && draft.offline === 'hide'
    page.dataset.preview = draft.look?.position === 'left' ? 'left' : 'right'
    root.hidden = !isOpen || isNothing
    panel.store.set(drafted(preview, texts, Date.now()))
    button.dress(draft.look ?? {})
    button.hide(isNothing)
    button.show({ isOpen, unread: 0, label: texts.texts.title })
    // On a phone the open panel covers its launcher; here both are looked at.
    button.root.host.removeAttribute('open')
  }
  document.documentElement.dataset.preview = 'right'
  root.hidden = true
  button.hide(true)
  render(<Root panel={panel} />, root)
  addEventListener('message', ({ source, origin, data }: MessageEvent) => {
    if (source !== parent || origin !== location.origin) return
    const preview = previewIn(opened(data))
    if (preview !== undefined) void draw(preview)
  })
  parent.postMessage(enveloped<ToPage>({ kind: 'ready' }), location.origin)
}
