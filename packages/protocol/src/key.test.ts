import { describe, expect, test } from 'vitest'
import { parseKeyName, parseKeyString } from './key.ts'

describe('keys', () => {
  test('[PR32] a key string is taken apart', () => {
    expect(parseKeyString('app.key:se-cret_1')).toEqual({
      appId: 'app',
      keyId: 'key',
      keyName: 'app.key',
      secret: 'se-cret_1',
    })
    expect(parseKeyString('a.b.c:s')).toMatchObject({ appId: 'a', keyId: 'b.c' })
  })

  test.each([
    '',
    'app.key',
    'app.key:',
    'appkey:secret',
    '.key:secret',
    'app.:secret',
    'app.key:se.cret',
    'app.key:se:cret',
    'app.key:se cret',
    'a pp.key:secret',
    'app.key:secret\n',
    ` app.key:secret`,
    `app.key:${'s'.repeat(1024)}`,
  ])('[PR32] %j is no key', (text) => {
    expect(parseKeyString(text)).toBeUndefined()
  })

  test('[PR32] a key name is the part before the colon', () => {
    expect(parseKeyName('app.key')).toEqual({ appId: 'app', keyId: 'key' })
    for (const text of ['app', 'app.', '.key', 'app.key:secret', 'a b.c', 'x.'.repeat(600)])
      expect(parseKeyName(text), text).toBeUndefined()
  })
})
