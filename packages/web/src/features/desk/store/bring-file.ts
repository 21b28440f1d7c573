// Brings one file to a conversation, piece by piece. A message may name it once it is whole.

import type { UploadView } from '@sayso/client'
import { ApiError } from '@sayso/client'
import type { FilesApi } from '@sayso/client/files'

/** Small enough that progress is seen and a cut costs little; bytes. */
const PIECE_BYTES = 262_144

/**
 * @param conversation its key
 * @param onSent how many bytes have arrived
 * @throws {ApiError} refused, or the server was not reached
 */
export async function bringFile(
  api: FilesApi,
  conversation: string,
  file: File,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<UploadView> {
  const type = file.type || 'application/octet-stream'
  let view = await api.begin(conversation, { name: file.name, type, bytes: file.size })
  const { id } = view
  const size = Math.min(PIECE_BYTES, view.pieceBytes)
  while (!view.isReady) {
    signal.throwIfAborted()
    const piece = file.slice(view.offset, view.offset + size)
    view = await api.piece(id, view.offset, piece, signal).catch((cause: unknown) => {
      // The answer to the piece before was lost on the way: the server says where to go on.
      if (cause instanceof ApiError && cause.code === 'conflict') return api.upload(id)
      throw cause
    })
    onSent(view.offset)
  }
  return view
}
