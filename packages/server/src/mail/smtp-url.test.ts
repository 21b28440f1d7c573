import { describe, expect, test } from 'vitest'
import { readSender, readSmtpUrl } from './smtp-url.ts'

describe('the mail server', () => {
  test('is read from one address, with the usual ports', () => {
    expect(readSmtpUrl('smtp://mail.example.com')).toMatchObject({
      server: { host: 'mail.example.com', port: 587, isTls: false, needsTls: false },
    })
    expect(readSmtpUrl('smtps://a%40b:p%3Aw@mail.example.com')).toEqual({
      ok: true,
      server: {
        host: 'mail.example.com',
        port: 465,
        isTls: true,
        needsTls: false,
        login: { user: 'a@b', password: 'p:w' },
      },
    })
    expect(readSmtpUrl('smtp://[::1]:2525')).toMatchObject({ server: { host: '::1', port: 2525 } })
  })

  test('is sent no password in clear, but to this machine', () => {
    const needsTls = (url: string) => {
      const reading = readSmtpUrl(url)
      return reading.ok && reading.server.needsTls
    }
    expect(needsTls('smtp://me:pw@mail.example.com')).toBe(true)
    expect(needsTls('smtp://me:pw@127.0.0.1')).toBe(false)
    expect(needsTls('smtp://me:pw@localhost')).toBe(false)
  })

  test.each([
    '',
    'mail.example.com',
    'http://mail',
    'smtp://me@host',
    'smtp://h/x',
    'smtp://h?x=1',
    'smtp://%zz:a@h',
  ])('%j is refused, and not repeated', (url) => {
    const reading = readSmtpUrl(url)
    expect(reading.ok).toBe(false)
    if (!reading.ok && url !== '') expect(reading.must).not.toContain(url)
  })
})

describe('the sender', () => {
  test.each([
    ['Harbour <harbour@example.com>', { name: 'Harbour', address: 'harbour@example.com' }],
    ['harbour@example.com', { address: 'harbour@example.com' }],
    ['<harbour@example.com>', { address: 'harbour@example.com' }],
    ['Harbour', undefined],
    ['a@b, c@d', undefined],
    ['Evil\r\nBcc: x@y <a@b>', undefined],
  ])('%j', (text, expected) => {
    expect(readSender(text)).toEqual(expected)
  })
})
