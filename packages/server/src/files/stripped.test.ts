// What pictures tell besides what they show: taken out, the picture left as it is.

import { describe, expect, test } from 'vitest'
import { plainName } from './plain-name.ts'
import { stripped } from './stripped.ts'

const SECRET = 'N 52 31 12 E 13 24 18'

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** An Exif segment with an orientation and something private behind. */
function exif(turn: number): Buffer {
  const tiff = Buffer.from('49492a00080000000100120103000100000000000000', 'hex')
  tiff.writeUInt16LE(turn, 18)
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(SECRET)]))
}

const PICTURE = Buffer.from('ffda0008010100003f00d2cf20ffd9', 'hex')
const START = Buffer.from('ffd8', 'hex')
const TABLE = segment(0xdb, Buffer.alloc(65, 1))

describe('a picture without what tells on its maker', () => {
  test('JPEG: position, names and comments go; tables, colours and how it is turned stay', () => {
    const colours = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours'))
    const whole = Buffer.concat([
      START,
      segment(0xe0, Buffer.from('JFIF\0\x01\x01')),
      exif(6),
      segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
      colours,
      segment(0xed, Buffer.from(SECRET)),
      segment(0xfe, Buffer.from(SECRET)),
      TABLE,
      PICTURE,
    ])
    const plain = stripped('image/jpeg', whole)
    expect(plain?.includes(SECRET)).toBe(false)
    expect(plain?.includes(colours)).toBe(true)
    expect(plain?.subarray(-PICTURE.length)).toEqual(PICTURE)
    // The orientation stands in a segment of its own: 0x0112, SHORT, one, 6.
    expect(plain?.toString('hex')).toContain('0112000300000001' + '0006')
    expect(stripped('image/jpeg', plain ?? Buffer.alloc(0))).toEqual(plain)
  })

  test('JPEG: an upright picture needs no Exif at all', () => {
    const plain = stripped('image/jpeg', Buffer.concat([START, exif(1), TABLE, PICTURE]))
    expect(plain).toEqual(Buffer.concat([START, TABLE, PICTURE]))
  })

  test('PNG: texts, times and Exif go, and what lies behind the end', () => {
    const chunk = (type: string, content: Buffer) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(content.length)
      return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)])
    }
    const head = Buffer.from('89504e470d0a1a0a', 'hex')
    const kept = [chunk('IHDR', Buffer.alloc(13)), chunk('IDAT', Buffer.from('x'))]
    const end = chunk('IEND', Buffer.alloc(0))
    const telling = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'].map((type) =>
      chunk(type, Buffer.from(SECRET)),
    )
    const whole = Buffer.concat([head, ...telling, ...kept, end, Buffer.from(SECRET)])
    expect(stripped('image/png', whole)).toEqual(Buffer.concat([head, ...kept, end]))
  })

  test('WebP: its chunks go and its header says so', () => {
    const chunk = (type: string, content: Buffer) => {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(content.length)
      return Buffer.concat([Buffer.from(type), length, content, Buffer.alloc(content.length % 2)])
    }
    const riff = (...chunks: Buffer[]) => {
      const body = Buffer.concat([Buffer.from('WEBP'), ...chunks])
      return Buffer.concat([chunk('RIFF', body)])
    }
    const extended = (flags: number) =>
      chunk('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    const picture = chunk('VP8 ', Buffer.from('xyz'))
    const telling = [chunk('EXIF', Buffer.from(SECRET)), chunk('XMP ', Buffer.from(SECRET))]
    const plain = stripped('image/webp', riff(extended(0x1c), picture, ...telling))
    expect(plain).toEqual(riff(extended(0x10), picture))
  })

  test.each([
    ['image/jpeg', Buffer.from('ffd8ffe1ffff00', 'hex')],
    ['image/jpeg', START],
    ['image/png', Buffer.from('89504e470d0a1a0a7fffffff', 'hex')],
    ['image/webp', Buffer.from('RIFF\xff\xff\xff\x7fWEBPEXIF\xff\xff\xff\x7f', 'latin1')],
    ['image/gif', Buffer.from('GIF89a')],
    ['image/png', Buffer.alloc(0)],
  ])('%s that is not whole, or not understood, is left alone', (type, bytes) => {
    expect(stripped(type, bytes)).toBeUndefined()
  })
})

describe('the name of a file', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\tides.csv', 'tides.csv'],
    ['report\u202Efdp.exe', 'report fdp.exe'],
    ['  two\n lines\t.txt ', 'two lines .txt'],
    ['.hidden', 'hidden'],
    ['', 'file'],
    ['...', 'file'],
    ['a"b<c>d|e?.txt', 'a b c d e .txt'],
    ['Übersicht 2026 – Häfen.pdf', 'Übersicht 2026 – Häfen.pdf'],
    [`${'x'.repeat(500)}.jpeg`, `${'x'.repeat(195)}.jpeg`],
  ])('%j is kept as %j', (said, kept) => {
    expect(plainName(said)).toBe(kept)
  })
})
