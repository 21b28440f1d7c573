// A file that is written while it is read: as much at a time as the reader takes.

import { Failure } from '../../commands/failure.ts'

const encoder = new TextEncoder()

/**
 * An attachment of that name from texts; what makes them stops when the reader goes away. If it fails, the answer breaks
 * off: a file that is not whole never looks so.
 */
export function streamed(texts: AsyncGenerator<string>, name: string, type: string): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await texts.next().catch(breakOff)
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

/** Page after page as text, each line by itself. */
export async function* texts<T>(
  pages: AsyncIterable<readonly T[]>,
  text: (line: T) => string,
  header = '',
): AsyncGenerator<string> {
  if (header !== '') yield header
  for await (const lines of pages) yield lines.map(text).join('')
}

/** What was expected needs one line in the log, and no trace. */
function breakOff(error: unknown): never {
  if (!(error instanceof Failure)) throw error
  const reason = new Error(`broken off: ${error.message}`)
  reason.stack = reason.message
  throw reason
}
