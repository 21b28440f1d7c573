// Finished websocket frames, built once and shared by every reader (RFC 6455 §5.2: server frames are not masked).

import type { Format } from '@sayso/protocol'

const FIN = 0x80
const TEXT = 0x1
const BINARY = 0x2

/** Puts a payload into one unfragmented frame: text for JSON, binary for MessagePack. */
export function wsFrame(format: Format, payload: Uint8Array): Buffer {
  const { length } = payload
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + extended + length)
  frame[0] = FIN | (format === 'json' ? TEXT : BINARY)
  if (extended === 0) frame[1] = length
  else if (extended === 2) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(payload, 2 + extended)
  return frame
}
