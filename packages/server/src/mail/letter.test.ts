import { describe, expect, test } from 'vitest'
import { letterOf } from './letter.ts'
import { draftOf, type Occasion } from './texts.ts'

const link = 'http://here/reset#a&b'
const NASTY = '<img src=x onerror="alert(1)">\r\nBcc: eve@example.com'
const occasions: readonly Occasion[] = [
  { kind: 'confirm', name: NASTY, link },
  { kind: 'change-email', name: NASTY, link },
  { kind: 'email-changing', name: NASTY, newEmail: NASTY },
  { kind: 'reset', name: NASTY, link },
  { kind: 'password-changed', name: NASTY, link },
  { kind: 'has-account', name: NASTY, link },
  { kind: 'invitation', by: NASTY, link, note: NASTY, until: 'tomorrow' },
]

describe('a letter', () => {
  test.each(occasions)(
    '$kind escapes what people typed and keeps its subject on one line',
    (occasion) => {
      const { subject, text, html } = letterOf(draftOf(occasion, NASTY), NASTY)
      expect(html).not.toContain('<img')
      expect(html).toContain('&lt;img')
      expect(subject).not.toMatch(/[\r\n]/)
      if ('link' in occasion) {
        expect(text).toContain(link)
        expect(html).toContain('href="http://here/reset#a&amp;b"')
      }
    },
  )
})
