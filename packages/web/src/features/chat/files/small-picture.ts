// Makes the small picture that goes with a large one, on the author's own device.

const MOST_SIDE = 640
const QUALITY = 0.82
/** Below these a picture is its own small picture. */
const SMALL_BYTES = 150_000

/** Undefined if none is needed, or this browser cannot make one. @param mostBytes what the server takes */
export async function smallPictureOf(blob: Blob, mostBytes: number): Promise<Blob | undefined> {
  if (!blob.type.startsWith('image/') || blob.type === 'image/svg+xml') return undefined
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(
    () => undefined,
  )
  if (bitmap === undefined) return undefined
  try {
    const { width, height } = bitmap
    const scale = Math.min(1, MOST_SIDE / Math.max(width, height))
    if (scale === 1 && blob.size <= SMALL_BYTES) return undefined
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const small = await new Promise<Blob | null>((resolve) =>
      canvas.toBlob(resolve, 'image/webp', QUALITY),
    )
    return small !== null && small.size <= mostBytes ? small : undefined
  } finally {
    bitmap.close()
  }
}
