// What a page's memory holds, searched for words: every string of its heap, after its garbage is collected.

import type { Page } from 'playwright-core'

/** Whether a text stands in the memory of a page. Plain letters only: a snapshot writes others differently. */
export async function holds(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page)
  let tail = ''
  let isThere = false
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    isThere ||= (tail + chunk).includes(text)
    tail = chunk.slice(-text.length)
  })
  try {
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    return isThere
  } finally {
    await session.detach()
  }
}
