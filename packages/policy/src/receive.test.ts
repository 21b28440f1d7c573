import { expect, test } from 'vitest'
import { later, person, worldOf } from '../test/yard.ts'
import type { ResourceId, SubjectId } from './names.ts'
import { mayReceive, receiverClass } from './receive.ts'
import type { World } from './world.ts'

const a = 'dock:a' as ResourceId
const ada = 'user:ada' as SubjectId
const message = (name: string, lang?: string) => ({
  name,
  data: null,
  clientId: '',
  headers: lang === undefined ? {} : { lang },
})
const gets = (world: World, name: string, lang?: string) =>
  mayReceive(world, ada, a, message(name, lang))

test('[PO120] rules over `receive` keep single messages from those they are about', () => {
  const docker = worldOf('dock:a#docker@user:ada')
  expect([gets(docker, 'note'), gets(docker, 'secret')]).toEqual([true, false])
  expect(gets(later(docker, 'dock:a#master@user:ada'), 'secret')).toBe(true)
  const watcher = later(worldOf('dock:a#watcher@user:ada'), person('user:ada', { lang: 'fr' }))
  expect([gets(watcher, 'note', 'fr'), gets(watcher, 'note', 'de'), gets(watcher, 'note')]).toEqual(
    [true, false, false],
  )
})

test('[PO121] one class has one answer, and the empty one has no rule', () => {
  const world = worldOf(
    'dock:a#docker@user:ada',
    'dock:a#docker@user:ben',
    'dock:a#master@user:cy',
    'dock:a#watcher@user:dot',
    'dock:a#watcher@user:eve',
    person('user:dot', { lang: 'fr' }),
    person('user:eve', { lang: 'de' }),
  )
  const classOf = (who: string) => receiverClass(world, who as SubjectId, a)
  expect(classOf('user:cy')).toBe('')
  expect(classOf('user:ada')).toBe(classOf('user:ben'))
  expect(classOf('user:ada')).not.toBe('')
  expect(classOf('user:dot')).not.toBe(classOf('user:eve'))
  const same = later(world, person('user:eve', { lang: 'fr', name: 'Eve' }))
  expect(receiverClass(same, 'user:eve' as SubjectId, a)).toBe(classOf('user:dot'))
})
