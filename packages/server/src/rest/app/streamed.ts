// A file that is written while it is read: as much at a time as the reader takes.

const encoder = new TextEncoder()

/** An attachment of that name from texts; what makes them stops when the reader goes away. */
export function streamed(texts: AsyncGenerator<string>, name: string, type: string): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await texts.next()
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
