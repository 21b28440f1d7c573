// The focus never falls to the page: when what has it goes away or is moved, it stays, or goes to what is nearest.

const FOCUSABLE =
  'a[href], button, input, textarea, select, [tabindex]:not([tabindex="-1"]), [tabindex="-1"][data-row]'

type Held = {
  readonly element: HTMLElement
  /** What it was in, from the inside out. */
  readonly around: readonly Element[]
  readonly left: number
  readonly top: number
}

/** Watches until what it returns is called. */
export function keepFocus(root: Document): () => void {
  let held: Held | undefined
  const hold = (event: FocusEvent) => {
    const element = event.target as HTMLElement
    const { left, top } = element.getBoundingClientRect()
    held = { element, around: ancestorsOf(element), left, top }
  }
  const watch = new MutationObserver((records) => {
    if (held === undefined || root.activeElement !== root.body) return
    const { element } = held
    // What is left on purpose is still where it was.
    const wasTaken = records.some(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(element)),
    )
    if (!wasTaken) return
    const next = element.isConnected && isSeen(element) ? element : nearest(held)
    held = undefined
    next?.focus({ preventScroll: true })
  })
  const onClose = () => restoreCaret(root)
  root.addEventListener('focusin', hold)
  // Of dialogs; it does not bubble.
  root.addEventListener('close', onClose, true)
  watch.observe(root.body, { childList: true, subtree: true })
  return () => {
    root.removeEventListener('focusin', hold)
    root.removeEventListener('close', onClose, true)
    watch.disconnect()
  }
}

/** A field that a dialog gives the focus back to has it without a caret in Chromium: what is typed next would be lost. */
export function restoreCaret(root: Document): void {
  const at = root.activeElement
  if (!(at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement)) return
  at.blur()
  at.focus({ preventScroll: true })
}

function ancestorsOf(element: Element): readonly Element[] {
  const around: Element[] = []
  for (let at = element.parentElement; at !== null; at = at.parentElement) around.push(at)
  return around
}

function isSeen(element: Element): boolean {
  return element.getClientRects().length > 0
}

/** In the smallest part that is left and has something to focus, what stands nearest to where the focus was. */
function nearest({ around, left, top }: Held): HTMLElement | undefined {
  for (const part of around) {
    if (!part.isConnected || part === document.body) continue
    const found = [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isSeen)
    const way = (element: HTMLElement) => {
      const box = element.getBoundingClientRect()
      return Math.abs(box.top - top) + Math.abs(box.left - left) / 4
    }
    if (found.length > 0) return found.reduce((one, other) => (way(other) < way(one) ? other : one))
  }
  return undefined
}
