// The document in the frame.

import { render } from 'preact'
import { Alone, takenProof } from './alone.ts'
import { Bridge } from './bridge.ts'
import { Panel } from './store/panel.ts'
import { App } from './view/app.tsx'
import { useLook } from './view/look.ts'
import './panel.css'
import './log.css'
import './pages.css'
import './screens.css'

function Root({ panel }: { readonly panel: Panel }) {
  useLook(panel)
  return <App panel={panel} />
}

const widget = new URLSearchParams(location.search).get('widget') ?? ''
const root = document.getElementById('root')
const host = parent === window ? new Alone(widget) : new Bridge()
if (root !== null) render(<Root panel={new Panel(widget, host, takenProof())} />, root)
