import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as channel from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('[CH57] the example of the README runs and ends as it says', () => {
  const [, imported = '', code = ''] =
    /```ts\nimport (\{[^}]*\}) from '@sayso\/channel'\n([\s\S]*?)```/.exec(readme) ?? []
  const [, promised] = /\/\/ (deliver.*)/.exec(code) ?? []
  const run = new Function('exports', `const ${imported} = exports\n${code}\nreturn effects`)
  const effects: channel.ChannelEffect[] = run(channel)
  expect(effects.map(({ name }) => name).join(', ')).toBe(promised)
})
