import { expect, test } from 'vitest'
import { enveloped, type ToFrame } from '../shared/messages.ts'
import { heardFromPage } from './heard.ts'

const page = { url: 'https://shop.example/', title: 'A shop', referrer: '' }

test.each<ToFrame>([
  { kind: 'hello', page, isOpen: true },
  {
    kind: 'hello',
    page,
    isOpen: false,
    device: 'd',
    identity: 'i',
    language: 'de',
    attributes: {},
  },
  { kind: 'open' },
  { kind: 'identity', token: null },
  { kind: 'identity', token: 'eyJ' },
  { kind: 'attributes', attributes: { plan: 'gold' } },
  { kind: 'page', page },
])('%j is heard', (message) => {
  expect(heardFromPage(enveloped(message))).toEqual(message)
})

test.each([
  { kind: 'hello' },
  { kind: 'hello', page: null, isOpen: true },
  { kind: 'hello', page: { url: 7, title: '', referrer: '' } },
  { kind: 'hello', page, device: { toString: 1 } },
  { kind: 'hello', page, attributes: ['x'] },
  { kind: 'identity' },
  { kind: 'identity', token: 7 },
  { kind: 'attributes', attributes: null },
  { kind: 'page', page: 'https://shop.example' },
  { kind: 'device', device: 'x' },
  { kind: 'constructor' },
])('%j is not', (message) => {
  expect(heardFromPage({ sayso: 'sayso-widget', message })).toBeUndefined()
})
