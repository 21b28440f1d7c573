// Fetches a file and saves it, telling meanwhile how much is here.

/**
 * @param onBytes how many bytes are here
 * @returns how many there are
 * @throws if it was not fetched to its end, also because `signal` stopped it
 */
export async function saveFile(
  path: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const response = await fetch(path, { signal, credentials: 'same-origin' })
  if (!response.ok || response.body === null) throw new Error(`answered ${response.status}`)
  let bytes = 0
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      onBytes(bytes)
      controller.enqueue(chunk)
    },
  })
  // A blob: the browser keeps what is large on its disk.
  const blob = await new Response(response.body.pipeThrough(counted)).blob()
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = nameIn(response.headers.get('content-disposition')) ?? 'my-data.zip'
  link.click()
  URL.revokeObjectURL(address)
  return bytes
}

function nameIn(disposition: string | null): string | undefined {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1]
}
