// Plays every scenario of this folder against the core. Other doors (REST, a socket, the client) play the same files.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { playScenario } from '../src/document/index.ts'

const folder = new URL('.', import.meta.url)
for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const { name, checks } = playScenario(readFileSync(new URL(file, folder), 'utf8'))
  describe(`[PO52] ${name}`, () => {
    test.each(checks)(`[PO52] ${file}:$line $question`, ({ passed, expected, actual }) => {
      expect({ passed, expected, actual }).toEqual({ passed: true, expected, actual })
    })
  })
}
