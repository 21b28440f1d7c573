import { parsePolicy } from '@sayso/policy/document'
import { editPolicy } from '@sayso/policy/editing'
import { expect, test } from 'vitest'
import { missingEdits } from './missing-actions.tsx'

test('missing actions are added behind those that are listed, with their comments', () => {
  const text =
    'version: 1\ntenant: { key: t, roles: {} }\ntypes:\n  tenant:\n    actions:\n      - invite # by link\n    roles: {}\n'
  const added = editPolicy(text, missingEdits(['invite'], ['view-as', 'explain']))
  expect(parsePolicy(added).types.tenant?.actions).toEqual(['invite', 'view-as', 'explain'])
  expect(added).toContain('- invite # by link')
})
