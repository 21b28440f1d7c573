import { describe, expect, test } from 'vitest'
import { DEFAULT_MODES, has, MODE, MODE_ACTIONS, modesOf, NO_MODES, OCCUPANCY } from './modes.ts'

describe('modes', () => {
  test.each([
    ['subscribe', MODE.subscribe | MODE.presenceSubscribe],
    ['publish', MODE.publish],
    ['presence', MODE.presence],
    ['annotation-publish', MODE.annotationPublish],
    ['annotation-subscribe', MODE.annotationSubscribe],
  ])('[CH14] `%s` yields %i', (action, modes) => {
    expect(modesOf([action])).toBe(modes)
    expect(MODE_ACTIONS).toContain(action)
  })

  test.each(['history', '', 'Subscribe', '*', 'constructor', '__proto__', 'toString'])(
    '[CH14] `%s` yields none',
    (action) => {
      expect(modesOf([action])).toBe(NO_MODES)
      expect(MODE_ACTIONS).not.toContain(action)
    },
  )

  test('[CH14] actions add up, in any order and however often', () => {
    const modes = MODE.publish | MODE.subscribe | MODE.presenceSubscribe
    expect(modesOf(['publish', 'subscribe', 'publish'])).toBe(modes)
    expect(modesOf([])).toBe(NO_MODES)
    expect(modesOf(MODE_ACTIONS)).toBe(
      Object.values(MODE).reduce((sum, mode) => sum | mode, OCCUPANCY),
    )
  })

  test('[CH14] the bits are those of the wire, 16 places lower', () => {
    const bits = [1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 21, 1 << 22]
    expect(Object.values(MODE).map((mode) => mode << 16)).toEqual(bits)
  })

  test('[CH15] by default everything is asked for except to see annotations', () => {
    expect(DEFAULT_MODES).toBe(modesOf(MODE_ACTIONS) & ~(MODE.annotationSubscribe | OCCUPANCY))
  })

  test('[CH14] `has` wants every one of the modes', () => {
    expect(has(DEFAULT_MODES, MODE.publish | MODE.subscribe)).toBe(true)
    expect(has(MODE.publish, MODE.publish | MODE.subscribe)).toBe(false)
    expect(has(NO_MODES, NO_MODES)).toBe(true)
  })
})
