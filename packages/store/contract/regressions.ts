// Histories worth keeping: shrunk from failures, or aimed at a seam. Replayed before anything random.

import { assign, putResource, removeResource } from './builders.ts'
import type { Turn } from './operations.ts'

const read = { channel: 'a', backwards: true, limit: 2, nth: 0, ago: 1 } as const

export const regressions: Readonly<Record<string, readonly Turn[]>> = {
  'a repeat and a stale write in one turn': [
    {
      moveMs: 0,
      writes: [
        { parts: [{ do: 'publish', channel: 'a', data: ['x'], base: 'k1' }] },
        { parts: [{ do: 'rights', changes: [assign('hall#host@ada')] }] },
        { expectAgo: 0, parts: [{ do: 'publish', channel: 'a', data: ['y'] }] },
        { expectAgo: 0, parts: [{ do: 'publish', channel: 'a', data: ['z'], base: 'k1' }] },
      ],
      read,
    },
  ],
  'an edit in the millisecond of its message': [
    {
      moveMs: 0,
      writes: [{ parts: [{ do: 'publish', channel: 'a', data: ['x', 'y'] }] }],
      read,
    },
    {
      moveMs: -3,
      writes: [
        {
          parts: [
            { do: 'amend', channel: 'a', nth: 1, action: 'append', data: 'z' },
            { do: 'amend', channel: 'a', nth: 1, action: 'delete' },
          ],
        },
        { parts: [{ do: 'amend', channel: 'b', nth: 1, action: 'delete' }] },
      ],
      read: { ...read, nth: 1 },
    },
  ],
  'a resource removed and made again with its roles': [
    {
      moveMs: 1,
      writes: [
        { parts: [{ do: 'rights', changes: [putResource('hall'), assign('hall#host@ada')] }] },
        { parts: [{ do: 'rights', changes: [removeResource('hall'), putResource('hall')] }] },
        { parts: [{ do: 'rights', changes: [assign('hall#host@ada')] }] },
      ],
      read,
    },
  ],
}
