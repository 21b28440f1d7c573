// The document in the frame.

import { render } from 'preact'
import { Alone, takenProof } from './alone.ts'
import { Bridge } from './bridge.ts'
import { Panel } from './store/panel.ts'
import { Root } from './view/root.tsx'
import './panel.css'
import './log.css'
import './pages.css'
import './screens.css'

function begin(root: HTMLElement, widget: string): void {
  const host = parent === window ? new Alone(widget) : new Bridge()
  render(<Root panel={new Panel(widget, host, takenProof())} />, root)
}

const asked = new URLSearchParams(location.search)
const root = document.getElementById('root')
if (root !== null) {
  if (asked.has('preview'))
    void import('./preview/show.tsx').then(({ showPreview }) => showPreview(root))
  else begin(root, asked.get('widget') ?? '')
}
