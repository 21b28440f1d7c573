// The comparing part of `npm run looks`: one pixel is enough, and a picture taken too early once is not a difference.

import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { compared, unlike } from '../lib/looks/compare.ts'
import { pageOf } from '../lib/looks/page.ts'

/** A picture of one colour. @param dot at these places another one, a shade away */
function picture(width: number, height: number, dot: readonly number[] = []): Buffer {
  const png = new PNG({ width, height })
  png.data.fill(200)
  for (const at of dot) png.data[at * 4] = 201
  return PNG.sync.write(png)
}

test('the same picture is the same, also when it was packed otherwise', () => {
  const png = PNG.sync.read(picture(8, 8))
  expect(compared(picture(8, 8), picture(8, 8))).toBeUndefined()
  expect(compared(picture(8, 8), PNG.sync.write(png, { deflateLevel: 0 }))).toBeUndefined()
})

test('one pixel that is a shade away is a difference, and is drawn', () => {
  const difference = compared(picture(8, 8), picture(8, 8, [9]))
  expect(difference?.pixels).toBe(1)
  const drawn = PNG.sync.read(difference?.picture ?? Buffer.alloc(0))
  expect([...drawn.data.subarray(36, 40)]).toEqual([255, 0, 0, 255])
})

test('what only one picture has differs', () => {
  const difference = compared(picture(8, 8), picture(8, 9))
  expect(difference?.pixels).toBe(8)
})

test('of several pictures of each, two that are alike suffice', () => {
  const [early, stands] = [picture(8, 8, [3]), picture(8, 8)]
  expect(unlike([early, stands], [stands])).toBeUndefined()
  expect(unlike([stands, stands], [early, early])?.pixels).toBe(1)
})

test('the page shows what there is, and what a name says stays text', () => {
  const what = '12 pixels differ.'
  const page = pageOf('abc1234', 600, [{ name: 'a <b> & c', what, before: '0-before.png' }])
  expect(page).toContain('1 of 600 pictures differ.')
  expect(page).toContain('<h2>a &#60;b&#62; &#38; c</h2>')
  expect(page).toContain('src="0-before.png"')
  expect(page).not.toContain('-after.png')
})
