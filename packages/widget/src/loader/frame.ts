// The panel's frame: a document of the server's own origin, which neither reads the page nor is read by it.

import { enveloped, opened, type ToFrame, type ToPage } from '../shared/messages.ts'

export type Frame = {
  readonly element: HTMLIFrameElement
  /** Kept until the frame listens. */
  say(message: ToFrame): void
  remove(): void
}

export type FrameOptions = {
  readonly server: string
  readonly widget: string
  readonly title: string
  readonly into: ShadowRoot
  readonly heard: (message: ToPage) => void
  /** It does not come: the server is away, or the page is none of the widget's sites. */
  readonly lost: () => void
}

/** So long a frame has to say that it listens; milliseconds. */
const PATIENCE_MS = 15_000

export function frame({ server, widget, title, into, heard, lost }: FrameOptions): Frame {
  const element = document.createElement('iframe')
  element.className = 'frame'
  element.title = title
  element.src = `${server}/widget/frame?widget=${encodeURIComponent(widget)}`
  element.setAttribute('allow', 'clipboard-write')
  let waiting: ToFrame[] | undefined = []
  const post = (message: ToFrame) => element.contentWindow?.postMessage(enveloped(message), server)
  const listen = ({ source, origin, data }: MessageEvent) => {
    if (source !== element.contentWindow || origin !== server) return
    const message = opened<ToPage>(data)
    if (message === undefined) return
    if (message.kind === 'ready') {
      for (const each of waiting ?? []) post(each)
      waiting = undefined
    }
    heard(message)
  }
  const timer = setTimeout(() => waiting && lost(), PATIENCE_MS)
  addEventListener('message', listen)
  into.append(element)
  return {
    element,
    say(message) {
      if (waiting === undefined) post(message)
      else waiting.push(message)
    },
    remove() {
      clearTimeout(timer)
      removeEventListener('message', listen)
      element.remove()
    },
  }
}
