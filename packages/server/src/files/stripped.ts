// Takes out of a picture what tells where and by whom it was made: position, camera, names, comments. What it looks like
// stays byte for byte; of the rest only how it is to be turned is kept.

/** The picture without them; undefined if it is none of those understood here, or not whole. */
export function stripped(type: string, bytes: Buffer): Buffer | undefined {
  try {
    if (type === 'image/jpeg') return jpeg(bytes)
    if (type === 'image/png' || type === 'image/apng') return png(bytes)
    return type === 'image/webp' ? webp(bytes) : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** ITU T.81 B.1: two bytes of marker, two of length, content; what follows `SOS` is the picture. */
function jpeg(bytes: Buffer): Buffer | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const kept = [bytes.subarray(0, 2)]
  for (let at = 2; ; ) {
    const marker = bytes.readUInt16BE(at)
    if (marker < 0xff01) return undefined
    if (marker === 0xffda) return Buffer.concat([...kept, bytes.subarray(at)])
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) return undefined
    const segment = bytes.subarray(at, end)
    const turn = marker === 0xffe1 ? orientationOf(segment.subarray(4)) : undefined
    if (turn !== undefined && turn !== 1) kept.push(orientationSegment(turn))
    if (!isTelling(marker, segment)) kept.push(segment)
    at = end
  }
}

/** APP1 (Exif, XMP), APP2 but colours, APP3 to APP13, APP15, comments. APP0 and Adobe's APP14 say how to read the colours. */
function isTelling(marker: number, segment: Buffer): boolean {
  if (marker === 0xffe2) return segment.toString('latin1', 4, 15) !== 'ICC_PROFILE'
  return marker === 0xfffe || marker === 0xffef || (marker >= 0xffe1 && marker <= 0xffed)
}

const ORIENTATION = 0x0112

/** Exif 2.32, 4.6: the tag in the first directory. */
function orientationOf(exif: Buffer): number | undefined {
  if (exif.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined
  const tiff = exif.subarray(6)
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  try {
    const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    for (let entry = 0; entry < short(first); entry += 1) {
      const at = first + 2 + entry * 12
      if (short(at) !== ORIENTATION) continue
      const turn = short(at + 8)
      return turn >= 1 && turn <= 8 ? turn : undefined
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return undefined
}

/** An Exif segment that says how the picture is turned and nothing else. */
function orientationSegment(turn: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(turn, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

const PNG_TELLING: ReadonlySet<string> = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

/** PNG 5.3: length, type, content, checksum. */
function png(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; at < bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (!PNG_TELLING.has(type)) kept.push(bytes.subarray(at, end))
    // What lies behind the end is no picture.
    if (type === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return undefined
}

const HAS_EXIF = 0x08
const HAS_XMP = 0x04

/** RIFF: chunks of type, length, content, even; `VP8X` says which others there are. */
function webp(bytes: Buffer): Buffer | undefined {
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4)
    const next = at + 8 + length + (length % 2)
    if (at + 8 + length > end) return undefined
    const type = bytes.toString('latin1', at, at + 4)
    const chunk = Buffer.from(bytes.subarray(at, next))
    if (type === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~(HAS_EXIF | HAS_XMP), 8)
    if (type !== 'EXIF' && type !== 'XMP ') kept.push(chunk)
    at = next
  }
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...kept])
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
