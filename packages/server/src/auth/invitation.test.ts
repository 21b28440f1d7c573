import { describe, expect, test } from 'vitest'
import { INVITATION_MS, makeInvitation, readInvitation } from './invitation.ts'

const SECRET = 'the secret of this installation'
const NOW = 1_800_000_000_000

describe('an invitation', () => {
  const token = makeInvitation(SECRET, NOW)

  test('holds for seven days and then has ended', () => {
    expect(INVITATION_MS).toBe(7 * 24 * 60 * 60 * 1000)
    expect(readInvitation(SECRET, token, NOW)).toEqual({ ok: true, expiresMs: NOW + INVITATION_MS })
    expect(readInvitation(SECRET, token, NOW + INVITATION_MS - 1)).toMatchObject({ ok: true })
    const ended = readInvitation(SECRET, token, NOW + INVITATION_MS)
    expect(ended).toEqual({ ok: false, reason: 'expired' })
  })

  test('may hold for less', () => {
    const short = makeInvitation(SECRET, NOW, 1000)
    expect(readInvitation(SECRET, short, NOW + 999)).toMatchObject({ ok: true })
    expect(readInvitation(SECRET, short, NOW + 1000)).toMatchObject({ reason: 'expired' })
  })

  test('stands in a URL as it is', () => {
    expect(encodeURIComponent(token)).toBe(token)
  })

  test('of another installation is invalid', () => {
    expect(readInvitation('another', token, NOW)).toEqual({ ok: false, reason: 'invalid' })
  })

  test('cannot be made longer by hand, nor found out to be old', () => {
    const [expires = '', mac = ''] = token.split('.')
    const longer = `${Number(expires) + 1}.${mac}`
    expect(readInvitation(SECRET, longer, NOW)).toEqual({ ok: false, reason: 'invalid' })
    expect(readInvitation(SECRET, `1.${mac}`, NOW)).toEqual({ ok: false, reason: 'invalid' })
  })

  test.each([
    '',
    '.',
    'x',
    token.slice(1),
    `${token}A`,
    `0${token}`,
    ` ${token}`,
    '9'.repeat(100_000),
  ])('is not %#', (text) => {
    expect(readInvitation(SECRET, text, NOW)).toEqual({ ok: false, reason: 'invalid' })
  })
})
