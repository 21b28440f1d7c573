import { describe, expect, test } from 'vitest'
import {
  chatContent,
  chatReactions,
  parseChatClient,
  parseChatMessage,
  parseChatOperation,
  parseChatReaction,
  parseChatUpdate,
} from './chat.ts'
import { WireInvalid } from './errors.ts'

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof WireInvalid) return error.code
    throw error
  }
  return 'none'
}

describe('bodies of the chat', () => {
  test('[PR44] a message is a text, with metadata and headers or without', () => {
    const message = { text: 'a', metadata: { deep: [1] }, headers: { h: 'x' } }
    expect(parseChatMessage({ ...message, stray: 1 })).toEqual(message)
    expect(parseChatMessage({ text: '', metadata: null })).toEqual({ text: '' })
  })

  test('[PR44] an edit has a message; why it was made may be told or not', () => {
    const metadata = { why: 'x' }
    expect(parseChatUpdate({ message: { text: 'b' }, description: 'd', metadata })).toEqual({
      message: { text: 'b' },
      description: 'd',
      metadata,
    })
    expect(parseChatOperation(undefined)).toEqual({})
    expect(parseChatOperation({ description: null })).toEqual({})
  })

  test('[PR44] a reaction has one of three types', () => {
    expect(parseChatReaction({ type: 'multiple', name: 'x', count: 2 })).toEqual({
      type: 'multiple',
      name: 'x',
      count: 2,
    })
    expect(parseChatReaction({ type: 'unique', name: undefined })).toEqual({ type: 'unique' })
  })

  test('[PR44] whose reactions are asked for is a clientId, or nobody’s by name', () => {
    expect(parseChatClient({ forClientId: 'ann' })).toBe('ann')
    expect(parseChatClient({ forClientId: '' })).toBeUndefined()
    expect(codeOf(() => parseChatClient({ forClientId: 'x'.repeat(2000) }))).toBe(
      'client_id_invalid',
    )
  })

  test.each([
    ['no text', () => parseChatMessage({})],
    ['a text that is none', () => parseChatMessage({ text: 1 })],
    ['headers that are a list', () => parseChatMessage({ text: 'a', headers: [] })],
    ['no object', () => parseChatMessage('a')],
    ['an edit without a message', () => parseChatUpdate({ text: 'a' })],
    ['a reaction of another type', () => parseChatReaction({ type: 'flag', name: 'x' })],
    ['a count of nothing', () => parseChatReaction({ type: 'multiple', name: 'x', count: 0 })],
  ])('[PR44] %s is refused', (_, read) => {
    expect(codeOf(read)).toBe('publish_invalid')
  })
})

describe('messages of the chat', () => {
  test('[PR45] the content of any payload is read; what is not there is empty', () => {
    const empty = { text: '', metadata: {}, headers: {} }
    const json = '{"text":"a","metadata":{"b":1}}'
    expect(chatContent(json, 'json', { headers: { h: 'x' } })).toEqual({
      text: 'a',
      metadata: { b: 1 },
      headers: { h: 'x' },
    })
    expect(chatContent(undefined, undefined, undefined)).toEqual(empty)
    expect(chatContent('plain', undefined, {})).toEqual(empty)
    expect(chatContent('{', 'json', { headers: 'x' })).toEqual(empty)
    expect(chatContent('[1]', 'json', undefined)).toEqual(empty)
    expect(chatContent(new Uint8Array([1]), 'json', undefined)).toEqual(empty)
  })

  test('[PR45] reactions are the sums of their own types of annotation', () => {
    const sum = { '👍': { total: 1, clientIds: ['ann'], clipped: false } }
    expect(chatReactions({ 'reaction:unique.v1': sum, 'other:flag.v1': {} })).toEqual({
      unique: sum,
    })
    expect(chatReactions(undefined)).toEqual({})
  })
})
