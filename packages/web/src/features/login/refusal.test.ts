import { ApiError } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import { refusalOf } from './refusal.ts'

const problem = (code: string, status = 400, detail = 'no', remedy?: string) =>
  new ApiError({
    type: 'x',
    title: 'x',
    status,
    code,
    detail,
    ...(remedy === undefined ? {} : { remedy }),
  })

describe('refusals', () => {
  test('known ones stand beside their field', () => {
    expect(refusalOf(problem('invalid_email_or_password', 401)).field).toBe('password')
    expect(refusalOf(problem('user_already_exists', 422)).field).toBe('email')
  })

  test('unknown ones say what the server said, with its remedy', () => {
    expect(refusalOf(problem('odd', 400, 'the moon is full', 'wait for morning.')).text).toBe(
      'The moon is full. Wait for morning.',
    )
  })

  test('a link that is over is told apart', () => {
    expect(refusalOf(problem('setup_token_used', 410)).isLinkOver).toBe(true)
    expect(refusalOf(problem('odd')).isLinkOver).toBeUndefined()
  })

  test('haste and surprise have words too', () => {
    expect(refusalOf(problem('x', 429)).text).toContain('Wait a minute')
    expect(refusalOf(new Error('boom')).text).not.toContain('boom')
  })
})
