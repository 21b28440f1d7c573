import { describe, expect, test } from 'vitest'
import { said, scriptedChannel, settled } from '../../../../test/scripted-channel.ts'
import { channelSession } from './channel-session.ts'

const ALL = ['subscribe', 'publish', 'history', 'annotation-publish']
const summary = (name: string, ...people: string[]) => ({
  summary: { 'reaction:distinct.v1': { [name]: { total: people.length, clientIds: people } } },
})
const summed = (serial: string, name: string, ...people: string[]) =>
  said(serial, { action: 'message.summary', annotations: summary(name, ...people) })

async function opened(...serials: string[]) {
  const channel = scriptedChannel()
  channel.log.push(...serials.map((serial) => said(serial)))
  const session = channelSession(channel, ALL)
  channel.change('attached')
  await settled()
  const wished = (serial: string) => [...session.around.wishes(serial)]
  return { channel, session, wished }
}

describe('reactions of a channel', () => {
  test('sums come with history, and change live', async () => {
    const { channel, session } = await opened()
    channel.log.push(said('000001', { annotations: summary('👍', 'bo') }))
    channel.change('attached')
    await settled()
    const shown = () => session.state().timeline[0]?.summary
    expect(shown()).toEqual(summary('👍', 'bo').summary)
    channel.deliver(summed('000001', '👍', 'bo', 'cy'))
    expect(shown()).toEqual(summary('👍', 'bo', 'cy').summary)
    channel.deliver(said('000001', { action: 'message.update', version: { serial: '000009' } }))
    expect(shown()).toEqual(summary('👍', 'bo', 'cy').summary)
    channel.deliver(said('000001', { action: 'message.delete', version: { serial: '000010' } }))
    expect(shown()).toBeUndefined()
    channel.deliver(summed('000001', '👍', 'bo'))
    expect(shown()).toBeUndefined()
  })

  test('caught up after a gap, sums are as the server says, also if there are none any more', async () => {
    const { channel, session } = await opened('000001')
    channel.deliver(summed('000001', '👍', 'bo'))
    channel.change('attaching')
    channel.change('attached')
    await settled()
    expect(session.state().timeline[0]?.summary).toEqual({})
  })

  test('a sum that is told while history is on its way stays', async () => {
    const { channel, session } = await opened('000001')
    channel.change('attaching')
    channel.change('attached')
    channel.deliver(summed('000001', '👍', 'bo'))
    await settled()
    expect(session.state().timeline[0]?.summary).toEqual(summary('👍', 'bo').summary)
  })

  test('pressed: wished for until the sums say so', async () => {
    const { channel, session, wished } = await opened('000001')
    const done = session.around.react('000001', '👍', true, 'ada')
    expect(wished('000001')).toEqual([['👍', true]])
    await done
    expect(wished('000001')).toEqual([['👍', true]])
    channel.deliver(summed('000001', '👍', 'ada'))
    expect(wished('000001')).toEqual([])
    expect(channel.remarks).toEqual(['+👍 000001'])
  })

  test('refused: it is as it was, and the reason is thrown', async () => {
    const { channel, session, wished } = await opened('000001')
    channel.refuse = { code: 40160 }
    await expect(session.around.react('000001', '👍', true, 'ada')).rejects.toEqual({ code: 40160 })
    expect(wished('000001')).toEqual([])
  })

  test('pressed on and off at once: what was pressed last is sent last', async () => {
    const { channel, session } = await opened('000001')
    const first = session.around.react('000001', '👍', true, 'ada')
    await session.around.react('000001', '👍', false, 'ada')
    await first
    expect(channel.remarks).toEqual(['+👍 000001', '-👍 000001'])
  })
})

describe('quoted messages', () => {
  test('older than what is loaded, they are fetched once and follow their edits', async () => {
    const { channel, session } = await opened('000005')
    channel.log.unshift(said('000001'))
    const { around } = session
    expect(around.quoted('000001')).toBeUndefined()
    around.fetchQuoted('000001')
    around.fetchQuoted('000001')
    await settled()
    expect(around.quoted('000001')).toMatchObject({ serial: '000001', author: 'bo' })
    channel.deliver(said('000001', { action: 'message.delete', version: { serial: '000009' } }))
    expect(around.quoted('000001')).toMatchObject({ body: { kind: 'deleted' } })
  })

  test('one that is not to be had says so', async () => {
    const { session } = await opened('000005')
    session.around.fetchQuoted('000002')
    await settled()
    expect(session.around.quoted('000002')).toBe('missing')
  })

  test('losing the right to read leaves nothing of them', async () => {
    const { channel, session } = await opened('000005')
    channel.log.unshift(said('000001'))
    session.around.fetchQuoted('000001')
    await settled()
    channel.change('failed', { reason: { code: 40160 } })
    expect(session.around.quoted('000001')).toBeUndefined()
  })
})
