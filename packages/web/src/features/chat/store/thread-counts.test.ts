import { describe, expect, test } from 'vitest'
import { said, scriptedChannel, settled } from '../../../../test/scripted-channel.ts'
import { answering } from '../model/refs.ts'
import { channelSession } from './channel-session.ts'
import { threadCounts } from './thread-counts.ts'

const answer = (serial: string, clientId = 'bo') =>
  said(serial, { clientId, extras: answering({ type: 'thread', serial: '000001' }) })
const told = (count: number, lastSerial: string, asOf: string) => ({
  threads: [{ root: '000001', count, lastSerial, lastAtMs: 1, people: ['cy'] }],
  asOf,
})

async function opened(answers: { threads: (typeof NONE)['threads']; asOf: string } = NONE) {
  const channel = scriptedChannel()
  channel.log.push(said('000001'), said('000002'))
  const session = channelSession(channel, ['subscribe', 'history'])
  channel.change('attached')
  await settled()
  const asked: object[] = []
  const api = {
    threads: async (_key: string, query?: object) => {
      asked.push(query ?? {})
      return answers
    },
  }
  const counts = threadCounts(session, api, 'general')
  await settled()
  return { channel, session, counts, asked }
}
const NONE = { ...told(0, '', '000002'), threads: [] as ReturnType<typeof told>['threads'] }

describe('counts of threads', () => {
  test('are asked for once for what is loaded, and are the same for the session', async () => {
    const { counts, asked, session } = await opened(told(4, '000002', '000002'))
    expect(counts.of('000001')).toMatchObject({ count: 4, people: ['cy'] })
    expect(counts.of('000002')).toBeUndefined()
    expect(asked).toEqual([{ from: '000001', to: '000002' }])
    expect(counts.isTold()).toBe(true)
    expect(threadCounts(session, { threads: async () => NONE }, 'general')).toBe(counts)
  })

  test('go on live from where the server has counted: nothing twice', async () => {
    const { channel, counts } = await opened(told(2, '000002', '000005'))
    channel.deliver(answer('000004'))
    expect(counts.of('000001')).toMatchObject({ count: 2 })
    channel.deliver(answer('000006'), answer('000006'))
    expect(counts.of('000001')).toMatchObject({
      count: 3,
      lastSerial: '000006',
      people: ['bo', 'cy'],
    })
  })

  test('a deleted answer is not counted, whoever had counted it', async () => {
    const { channel, counts } = await opened(told(1, '000004', '000005'))
    channel.deliver(answer('000004'))
    const gone = { action: 'message.delete', version: { serial: '000009' } }
    channel.deliver({ ...answer('000004'), ...gone })
    expect(counts.of('000001')).toBeUndefined()
    channel.deliver(answer('000010'))
    expect(counts.of('000001')).toMatchObject({ count: 1 })
    channel.deliver({ ...answer('000010'), ...gone, version: { serial: '000011' } })
    expect(counts.of('000001')).toBeUndefined()
  })

  test('are told when the first answer has come, also if it was a refusal', async () => {
    const channel = scriptedChannel()
    channel.log.push(said('000001'))
    const session = channelSession(channel, ['subscribe', 'history'])
    const counts = threadCounts(
      session,
      { threads: () => Promise.reject(new Error('refused')) },
      'general',
    )
    const told = new Promise<void>((resolve) => counts.subscribe(resolve))
    expect(counts.isTold()).toBe(false)
    channel.change('attached')
    await told
    expect(counts.isTold()).toBe(true)
  })

  test('of a channel without messages are told at once', async () => {
    const channel = scriptedChannel()
    const session = channelSession(channel, ['subscribe', 'history'])
    const counts = threadCounts(session, { threads: async () => NONE }, 'general')
    channel.change('attached')
    await settled()
    expect(counts.isTold()).toBe(true)
  })

  test('an answer that comes after the right to read was lost is not taken', async () => {
    const channel = scriptedChannel()
    channel.log.push(said('000001'))
    const session = channelSession(channel, ['subscribe', 'history'])
    let answer = (_: ReturnType<typeof told>) => {}
    const first = new Promise<ReturnType<typeof told>>((resolve) => {
      answer = resolve
    })
    const answers = [first, Promise.resolve(told(1, '000003', '000003'))]
    const threads = async () => (await answers.shift()) ?? NONE
    const counts = threadCounts(session, { threads }, 'general')
    channel.change('attached')
    await settled()
    channel.change('failed', { reason: { code: 40160 } })
    session.setRights(['subscribe', 'history'])
    channel.change('attached')
    await settled()
    expect(counts.of('000001')).toBeUndefined()
    answer(told(2, '000002', '000002'))
    await settled()
    // It has asked again.
    expect(counts.of('000001')).toMatchObject({ count: 1, lastSerial: '000003' })
  })

  test('losing the right to read leaves nothing of them', async () => {
    const { channel, counts } = await opened(told(2, '000002', '000002'))
    channel.change('failed', { reason: { code: 40160 } })
    expect(counts.of('000001')).toBeUndefined()
  })
})
