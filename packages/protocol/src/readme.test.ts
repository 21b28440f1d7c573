import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as wire from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const example = /```ts\nimport [^\n]*\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''

/** Runs the example of the README on what a client sent and gives back what it answers. */
function answers(received: string): unknown[] {
  const sent: unknown[] = []
  const send = (bytes: Uint8Array) => sent.push(wire.decodeBody('json', bytes, { maxBytes: 1000 }))
  new Function('wire', 'received', 'send', example)(wire, received, send)
  return sent
}

test('[PR18] the example of the README runs', () => {
  expect(answers('{"action":12,"channel":"lobby"}')).toEqual([{ action: 13, channel: 'lobby' }])
  expect(answers('{"action":99}')).toEqual([{ action: 9, error: wire.errorInfo('protocol_error') }])
  expect(answers('{')).toEqual([{ action: 9, error: wire.errorInfo('bad_body', 'not JSON') }])
})
