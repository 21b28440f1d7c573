import { describe, expect, test } from 'vitest'
import { scriptedRealtime } from '../test/scripted-realtime.ts'
import { permissions } from './live.ts'
import { MAX_QUESTIONS } from './questions.ts'

const HALL = 'hall:one'
const UNKNOWN = { allowed: false, known: false }
const paint = (colour: string) => ({ name: 'paint', data: { colour } })
const turn = () => new Promise((resolve) => setImmediate(resolve))

function started() {
  const realtime = scriptedRealtime()
  const live = permissions(realtime)
  const all = realtime.channel('[permissions]*')
  const list = { subject: 'user:ada', roles: [], resources: [], revision: 1 }
  all.say('snapshot', list)
  const view = realtime.channel(`[permissions]${HALL}`)
  const begin = () =>
    view.say('snapshot', { resource: HALL, title: HALL, actions: [], roles: [], revision: 1 })
  const asked = () => view.published.filter(([name]) => name === 'ask').map(([, data]) => data)
  const idOf = (colour: string): unknown =>
    asked()
      .map((data) => data as { id: string; message: unknown })
      .findLast(({ message }) => JSON.stringify(message) === JSON.stringify(paint(colour)))?.id
  const answer = (colour: string, allowed: boolean, more: object = {}) =>
    view.say('answer', { id: idOf(colour), allowed, revision: 2, ...more })
  const can = (colour: string) => live.can('publish', HALL, paint(colour))
  const comeBack = () => {
    realtime.connectionState('connected')
    all.say('snapshot', list)
  }
  return { realtime, live, all, view, begin, asked, idOf, answer, can, comeBack }
}

describe('a question with a payload', () => {
  test('is unknown until answered, and is asked on the view of its place once that speaks', async () => {
    const { can, begin, asked, answer } = started()
    expect(can('red')).toEqual(UNKNOWN)
    await turn()
    expect(asked()).toEqual([])
    begin()
    expect(asked()).toEqual([{ id: expect.any(String), action: 'publish', message: paint('red') }])
    expect(can('red')).toEqual(UNKNOWN)
    answer('red', true)
    expect(can('red')).toEqual({ allowed: true, known: true })
  })

  test('is asked at once on a view that speaks, once, however its fields are written', async () => {
    const { can, begin, asked, live } = started()
    can('red')
    await turn()
    begin()
    live.can('publish', HALL, { data: { colour: 'red' }, name: 'paint' })
    can('green')
    await turn()
    expect(asked()).toHaveLength(2)
  })

  test('turns with the answers, says why not, and is the same value in between', async () => {
    const { can, begin, answer, live } = started()
    can('red')
    await turn()
    begin()
    const heard: boolean[] = []
    live.subscribe(() => heard.push(can('red').allowed))
    answer('red', false, { message: 'Not ticked.', remedy: 'Ask.' })
    const refused = can('red')
    expect(refused).toEqual({ allowed: false, known: true, message: 'Not ticked.', remedy: 'Ask.' })
    answer('red', false, { message: 'Not ticked.', remedy: 'Ask.', revision: 3 })
    expect(can('red')).toBe(refused)
    answer('red', true)
    expect(heard).toEqual([false, true])
  })

  test('questions of one place do not meddle with those of another, nor with plain ones', async () => {
    const { can, begin, answer, live, realtime } = started()
    can('red')
    live.can('publish', 'hall:two', paint('red'))
    await turn()
    begin()
    answer('red', true)
    expect(realtime.opened).toContain('[permissions]hall:two')
    expect(live.can('publish', 'hall:two', paint('red'))).toEqual(UNKNOWN)
    expect(live.can('publish', HALL)).toEqual({ allowed: false, known: true })
  })
})

describe('coming back', () => {
  test('asks again; until it is answered the old answer is kept and said to be not live', async () => {
    const { can, begin, answer, live, realtime, comeBack, asked } = started()
    can('red')
    await turn()
    begin()
    answer('red', true)
    const before = can('red')
    realtime.connectionState('disconnected')
    expect([can('red'), live.user().live]).toEqual([before, false])
    comeBack()
    expect([can('red'), live.user().live]).toEqual([before, false])
    begin()
    expect(asked()).toHaveLength(2)
    expect(live.user().live).toBe(false)
    answer('red', false)
    expect([can('red').allowed, live.user().live]).toEqual([false, true])
  })

  test('with the same answer keeps the value and becomes live', async () => {
    const { can, begin, answer, live, realtime, comeBack } = started()
    can('red')
    await turn()
    begin()
    answer('red', true)
    const before = can('red')
    realtime.connectionState('disconnected')
    comeBack()
    begin()
    answer('red', true)
    expect(can('red')).toBe(before)
    expect(live.user().live).toBe(true)
  })

  test('a question that is new while away is asked when the view speaks again', async () => {
    const { can, begin, asked, view } = started()
    can('red')
    await turn()
    begin()
    view.state('attaching')
    can('green')
    await turn()
    expect(asked()).toHaveLength(1)
    begin()
    expect(asked()).toHaveLength(3)
  })
})

describe('what goes wrong', () => {
  test('a question the server does not take stays unknown, and does not keep the rest from being live', async () => {
    const { can, begin, answer, live, view, realtime, comeBack } = started()
    can('red')
    await turn()
    begin()
    answer('red', true)
    realtime.connectionState('disconnected')
    comeBack()
    view.refuse()
    begin()
    await turn()
    expect(can('red')).toEqual(UNKNOWN)
    expect(live.user().live).toBe(true)
  })

  test('a view that fails makes its answers unknown', async () => {
    const { can, begin, answer, view } = started()
    can('red')
    await turn()
    begin()
    answer('red', true)
    view.state('failed')
    expect(can('red')).toEqual(UNKNOWN)
  })

  test('an answer that is none is skipped', async () => {
    const { can, begin, view, idOf } = started()
    can('red')
    await turn()
    begin()
    view.say('answer', { id: idOf('red'), allowed: 'yes', revision: 2 })
    view.say('answer', { id: 'somebody else’s', allowed: true, revision: 2 })
    expect(can('red')).toEqual(UNKNOWN)
  })

  test('after close nothing is asked', async () => {
    const { can, live, realtime } = started()
    live.close()
    can('red')
    await turn()
    expect(realtime.opened).toEqual(['[permissions]*', `[permissions]${HALL}`])
    expect(realtime.channel(`[permissions]${HALL}`).isOpen).toBe(false)
  })
})

describe('at most so many stand', () => {
  test('the one read longest ago makes room, and the server is told', async () => {
    const { can, begin, answer, view, idOf } = started()
    const colours = Array.from({ length: MAX_QUESTIONS }, (_, index) => `c${index}`)
    for (const colour of colours) can(colour)
    await turn()
    begin()
    answer('c0', true)
    answer('c1', true)
    for (const colour of colours.filter((one) => one !== 'c7')) can(colour)
    answer('c2', true)
    for (const colour of colours.filter((one) => one !== 'c7')) can(colour)
    can('new')
    await turn()
    expect(view.published.filter(([name]) => name === 'unask')).toEqual([
      ['unask', { id: idOf('c7') }],
    ])
    answer('new', true)
    expect(can('new').allowed).toBe(true)
    expect(can('c0').allowed).toBe(true)
  })

  test('one more than a screen may have stays unknown, and pushes none out', async () => {
    const { can, begin, answer, view, asked } = started()
    const colours = Array.from({ length: MAX_QUESTIONS + 1 }, (_, index) => `c${index}`)
    const draw = () => colours.map((colour) => can(colour).known)
    draw()
    await turn()
    begin()
    for (const colour of colours.slice(0, MAX_QUESTIONS)) {
      answer(colour, true)
      draw()
    }
    await turn()
    expect(asked()).toHaveLength(MAX_QUESTIONS)
    expect(view.published.some(([name]) => name === 'unask')).toBe(false)
    expect(draw().lastIndexOf(true)).toBe(MAX_QUESTIONS - 1)
  })
})
