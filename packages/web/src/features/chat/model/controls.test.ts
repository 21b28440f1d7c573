import { describe, expect, test } from 'vitest'
import { afterChange, controlOf, NONE_LOST } from './controls.ts'

const reason = (action: string) => ({ reason: `no ${action}. by bo`, cause: 'by bo' })

describe('controls', () => {
  test('what one never had is absent, what one has is on', () => {
    expect(controlOf(['publish'], NONE_LOST, 'publish')).toEqual({ kind: 'on' })
    expect(controlOf(['publish'], NONE_LOST, 'promote')).toEqual({ kind: 'absent' })
  })

  test('what was lost during the visit stays, off and with its reason', () => {
    const lost = afterChange(NONE_LOST, { gained: [], lost: ['promote'] }, reason)
    expect(controlOf([], lost, 'promote')).toEqual({
      kind: 'off',
      reason: 'no promote. by bo',
      cause: 'by bo',
    })
    expect(controlOf([], lost, 'publish')).toEqual({ kind: 'absent' })
  })

  test('what came back is on, and forgotten if it goes for another reason later', () => {
    const lost = afterChange(NONE_LOST, { gained: [], lost: ['promote'] }, reason)
    const back = afterChange(lost, { gained: ['promote'], lost: [] }, reason)
    expect(controlOf(['promote'], back, 'promote')).toEqual({ kind: 'on' })
    expect(back.size).toBe(0)
  })

  test('the present rights decide, whatever is remembered', () => {
    const lost = afterChange(NONE_LOST, { gained: [], lost: ['promote'] }, reason)
    expect(controlOf(['promote'], lost, 'promote')).toEqual({ kind: 'on' })
  })
})
