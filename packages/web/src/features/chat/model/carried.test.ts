import { describe, expect, test } from 'vitest'
import { boxOf, carriedIn } from './carried.ts'
import { linksIn, sizeText } from './files.ts'

const picture = { id: 'abcdefgh1', name: 'a.png', type: 'image/png', bytes: 9, width: 2, height: 1 }
const paper = { id: 'abcdefgh2', name: 'a.pdf', type: 'application/pdf', bytes: 9 }

describe('what a message carries', () => {
  test('is parted into pictures, other files and previews', () => {
    const preview = { id: 'p', url: 'https://a.example/', title: 'A' }
    const carried = carriedIn({ attachments: [picture, paper], previews: [preview] })
    expect(carried).toEqual({ pictures: [picture], files: [paper], previews: [preview] })
  })

  test.each([
    undefined,
    {},
    { attachments: 7 },
    { attachments: [null, 'x', {}, { ...paper, id: '../secret' }, { ...paper, bytes: -1 }] },
    { previews: [{ id: 'p', url: 'javascript:alert(1)' }] },
  ])('is nothing where it has another form: %j', (extras) => {
    expect(carriedIn(extras)).toBeUndefined()
  })

  test('a picture without a size is a file; a size that is none is left out', () => {
    const { width: _width, ...bare } = picture
    expect(carriedIn({ attachments: [bare] })?.pictures).toEqual([])
    const preview = { id: 'p', url: 'https://a.example/', image: { id: 'abcdefgh3', width: 0 } }
    expect(carriedIn({ previews: [preview] })?.previews[0]?.image).toBeUndefined()
  })
})

test('a picture is never shown larger than it is, nor than the log can hold', () => {
  expect(boxOf({ width: 100, height: 60 })).toEqual({ width: 100, height: 60 })
  expect(boxOf({ width: 3_800, height: 2_000 })).toEqual({ width: 380, height: 200 })
  expect(boxOf({ width: 1_000, height: 6_000 })).toEqual({ width: 50, height: 300 })
  expect(boxOf({ width: 10_000, height: 10 })).toEqual({ width: 380, height: 48 })
})

test('links end before the mark that ends the sentence, and count once', () => {
  const text = 'See https://a.example/x?y=1, (http://b.example/) and https://a.example/x?y=1!'
  expect(linksIn(text)).toEqual(['https://a.example/x?y=1', 'http://b.example/'])
  expect(linksIn('ftp://a.example mailto:a@b.example https://')).toEqual([])
})

test('sizes are said in the reader’s language', () => {
  expect(sizeText(1_500_000, 'en')).toBe('1.5 MB')
  expect(sizeText(1_500_000, 'de')).toBe('1,5 MB')
  expect(sizeText(1, 'en')).toBe('1 byte')
})
