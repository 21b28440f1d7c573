// A few lines of MessagePack, for frames that no library would write.

/** Encodes plain values; text and lists up to 65 535 long, whole numbers up to 2^53. */
export function packed(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([0xc0])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2])
  if (typeof value === 'number') return packedNumber(value)
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([head(0xda, text.length), text])
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(0xc5, value.length), value])
  if (Array.isArray(value))
    return Buffer.concat([head(0xdc, value.length), ...value.map((item) => packed(item))])
  const members = Object.entries(value)
  return Buffer.concat([
    head(0xde, members.length),
    ...members.flatMap(([name, item]) => [packed(name), packed(item)]),
  ])
}

function packedNumber(value: number): Buffer {
  if (Number.isInteger(value) && value >= 0 && value < 128) return Buffer.from([value])
  const bytes = Buffer.alloc(9, 0xcb)
  bytes.writeDoubleBE(value, 1)
  return bytes
}

function head(type: number, length: number): Buffer {
  return Buffer.from([type, length >> 8, length & 0xff])
}
