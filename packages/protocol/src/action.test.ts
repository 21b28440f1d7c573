import { describe, expect, test } from 'vitest'
import { Action, actionName, MessageAction, messageActionName } from './action.ts'

describe('actions', () => {
  test('[PR1] every number names its action back', () => {
    for (const [name, number] of Object.entries(Action)) expect(actionName(number)).toBe(name)
    expect(new Set(Object.values(Action)).size).toBe(22)
  })

  test('[PR1] a number nobody assigned has no name', () => {
    for (const number of [-1, 22, 1.5, Number.NaN]) expect(actionName(number)).toBeUndefined()
  })

  test('[PR1] message actions are spelled as the stock client spells them', () => {
    expect(Object.values(MessageAction).map(messageActionName)).toEqual([
      'message.create',
      'message.update',
      'message.delete',
      'meta',
      'message.summary',
      'message.append',
    ])
  })
})
