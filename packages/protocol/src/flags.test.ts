import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allModes,
  defaultModes,
  Flag,
  flagsToModes,
  hasFlag,
  modesFromParam,
  modesToFlags,
} from './flags.ts'

describe('flags', () => {
  test('[PR2] the bits are those of the protocol', () => {
    expect(Flag).toEqual({
      HAS_PRESENCE: 1,
      HAS_BACKLOG: 2,
      RESUMED: 4,
      TRANSIENT: 16,
      ATTACH_RESUME: 32,
      HAS_OBJECTS: 128,
      PRESENCE: 65536,
      PUBLISH: 131072,
      SUBSCRIBE: 262144,
      PRESENCE_SUBSCRIBE: 524288,
      ANNOTATION_PUBLISH: 2097152,
      ANNOTATION_SUBSCRIBE: 4194304,
      OBJECT_SUBSCRIBE: 16777216,
      OBJECT_PUBLISH: 33554432,
    })
  })

  test('[PR2] any set of modes comes back from its bits, whatever the status bits', () => {
    fc.assert(
      fc.property(fc.subarray([...allModes]), fc.nat(255), (modes, status) => {
        expect(flagsToModes(modesToFlags(modes) | status)).toEqual(modes)
      }),
    )
  })

  test('[PR2] a status bit is read whether or not there are flags', () => {
    expect(hasFlag(undefined, 'RESUMED')).toBe(false)
    expect(hasFlag(Flag.SUBSCRIBE, 'RESUMED')).toBe(false)
    expect(hasFlag(Flag.SUBSCRIBE | Flag.RESUMED, 'RESUMED')).toBe(true)
  })

  test('[PR2] an ATTACH that names no modes asks for the default ones', () => {
    expect(flagsToModes(0)).toEqual([])
    expect(modesToFlags(defaultModes)).toBe(65536 + 131072 + 262144 + 524288 + 2097152)
  })

  test('[PR3] the param names modes in any order and case', () => {
    expect(modesFromParam('subscribe,publish')).toEqual(['publish', 'subscribe'])
    expect(modesFromParam(' PRESENCE_SUBSCRIBE , presence')).toEqual([
      'presence',
      'presence_subscribe',
    ])
  })

  test('[PR3] an empty or unknown word makes the param invalid', () => {
    for (const text of ['', ',', 'subscribe,', 'read', 'publish,read'])
      expect(modesFromParam(text), text).toBeUndefined()
  })
})
