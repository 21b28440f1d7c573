// How much of a page is drawn for what happens in it: components that React ran, and rows of the log among them. Counts and
// not durations, so that every machine says the same.

import type { Page } from 'playwright-core'

export type Drawing = {
  /** Components that ran. */
  readonly components: number
  /** Keys of the rows of the log that ran, as often as they did. */
  readonly rows: readonly string[]
  /** Components among them that ran before the browser had its turn to paint a key. */
  readonly atOnce: number
}

/** Counts from now on, in every page the tab opens. */
export async function countDrawing(page: Page): Promise<void> {
  await page.addInitScript(installCounter)
}

/** What was drawn while `work` went on, and until the picture after it. */
export async function drawingOf(page: Page, work: () => Promise<void>): Promise<Drawing> {
  await page.evaluate(() => globalThis.drawing.reset())
  await work()
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  return page.evaluate(() => globalThis.drawing.counts())
}

/** The part of React's tree that is read here, as the developer tools of React read it. */
type Fiber = {
  readonly tag: number
  readonly flags: number
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly alternate: Fiber | null
  readonly memoizedProps: Readonly<Record<string, unknown>> | null
}

declare global {
  var drawing: { reset(): void; counts(): Drawing }
}

/** Runs inside the page, before any script of it. */
function installCounter(): void {
  const COMPONENTS = [0, 1, 11, 14, 15]
  const HOST = 5
  const RAN = 1
  let components = 0
  let atOnce = 0
  let rows: string[] = []
  const hasRun = (fiber: Fiber, before: Fiber | null): boolean =>
    COMPONENTS.includes(fiber.tag) && (before === null || (fiber.flags & RAN) !== 0)
  /** The key of a row that ran: it has made the attributes of its element anew. */
  const rowOf = (fiber: Fiber, before: Fiber | null): string | undefined => {
    const key = fiber.tag === HOST ? fiber.memoizedProps?.['data-slot'] : undefined
    const isAnew = before === null || fiber.memoizedProps !== before.memoizedProps
    return typeof key === 'string' && isAnew ? key : undefined
  }
  const look = (fiber: Fiber, before: Fiber | null): void => {
    if (hasRun(fiber, before)) components += 1
    const key = rowOf(fiber, before)
    if (key !== undefined) rows.push(key)
    if (before !== null && fiber.child === before.child) return
    for (let child = fiber.child; child !== null; child = child.sibling)
      look(child, before === null ? null : child.alternate)
  }
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      onCommitFiberRoot: (_id: number, root: { readonly current: Fiber }) =>
        look(root.current, root.current.alternate),
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
    },
    drawing: {
      reset: () => {
        components = 0
        atOnce = 0
        rows = []
      },
      counts: () => ({ components, rows, atOnce }),
    },
  })
  let atKey = 0
  addEventListener('keydown', () => (atKey = components), { capture: true })
  // Heard last: React and everything it draws for the key at once have been.
  addEventListener('input', () => (atOnce += components - atKey))
}
