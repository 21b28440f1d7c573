import { describe, expect, test } from 'vitest'
import { said, scriptedChannel, settled } from '../../../../test/scripted-channel.ts'
import { channelSession } from './channel-session.ts'

const ALL = ['subscribe', 'publish', 'history', 'presence']
const serials = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(6, '0'))

async function opened(before: readonly string[] = [], actions = ALL) {
  const channel = scriptedChannel()
  channel.log.push(...before.map((serial) => said(serial)))
  const session = channelSession(channel, actions)
  channel.change('attached')
  await settled()
  const shown = () => session.state().timeline.map((entry) => entry.serial)
  return { channel, session, shown }
}

describe('channel session', () => {
  test('opens with the newest hundred, and knows that there is more', async () => {
    const { session, shown } = await opened(serials(1, 250))
    expect(shown()).toEqual(serials(151, 250))
    expect(session.state()).toMatchObject({ phase: 'open', hasOlder: true, hasGap: false })
  })

  test('what comes live while history is on its way is neither lost nor doubled', async () => {
    const channel = scriptedChannel()
    channel.log.push(said('000001'))
    const session = channelSession(channel, ALL)
    channel.change('attached')
    channel.say('000002')
    await settled()
    expect(session.state().timeline.map((entry) => entry.serial)).toEqual(['000001', '000002'])
  })

  test('older messages come in pages until the first', async () => {
    const { session, shown } = await opened(serials(1, 250))
    await session.loadOlder()
    await session.loadOlder()
    expect(shown()).toEqual(serials(1, 250))
    expect(session.state().hasOlder).toBe(false)
    await session.loadOlder()
    expect(shown()).toHaveLength(250)
  })

  test('a page of older messages is told of once', async () => {
    const { session } = await opened(serials(1, 250))
    const told: boolean[] = []
    session.subscribe(() => told.push(session.state().isLoading))
    const loading = session.loadOlder()
    expect(session.state().isLoading).toBe(true)
    expect(told).toEqual([])
    await loading
    expect(session.state().isLoading).toBe(false)
    expect(new Set(told)).toEqual(new Set([false]))
  })

  test('a hundred messages of one millisecond do not end the way back', async () => {
    const channel = scriptedChannel()
    channel.log.push(...serials(1, 300).map((serial) => said(serial, { timestamp: 7 })))
    const session = channelSession(channel, ALL)
    channel.change('attached')
    await settled()
    await session.loadOlder()
    expect(session.state().timeline.length).toBe(200)
  })

  test('resumed: nothing is asked', async () => {
    const { channel } = await opened(serials(1, 10))
    const { length } = channel.asked
    channel.change('attaching')
    channel.change('attached', { resumed: true })
    await settled()
    expect(channel.asked).toHaveLength(length)
  })

  test('not resumed: catches up to what was known, edits included', async () => {
    const { channel, shown, session } = await opened(serials(1, 50))
    channel.change('attaching')
    channel.log.push(...serials(51, 180).map((serial) => said(serial)))
    channel.log[9] = said('000010', {
      action: 'message.update',
      data: 'edited',
      version: { serial: '000999' },
    })
    channel.change('attached')
    await settled()
    expect(shown()).toEqual(serials(1, 180))
    expect(session.state()).toMatchObject({ hasGap: false, isLoading: false })
    expect(session.state().timeline[9]?.body).toEqual({ kind: 'text', text: 'edited' })
  })

  test('too much was missed: says so, and loads the rest when asked', async () => {
    const { channel, shown, session } = await opened(serials(1, 20))
    channel.change('attaching')
    channel.log.push(...serials(21, 900).map((serial) => said(serial)))
    channel.change('attached')
    await settled()
    expect(session.state().hasGap).toBe(true)
    expect(shown().at(-1)).toBe('000900')
    await session.mend()
    expect(session.state().hasGap).toBe(false)
    expect(shown()).toEqual(serials(1, 900))
  })

  test('history that does not answer leaves what is there, and can be asked for again', async () => {
    const { channel, shown, session } = await opened(serials(1, 5))
    channel.isSilent = true
    channel.change('attaching')
    channel.log.push(said('000006'))
    channel.change('attached')
    await settled()
    expect(session.state()).toMatchObject({ hasGap: true, isLoading: false })
    expect(shown()).toEqual(serials(1, 5))
    channel.isSilent = false
    await session.mend()
    expect(session.state().hasGap).toBe(false)
    expect(shown()).toEqual(serials(1, 6))
  })

  test('losing the right to read leaves nothing behind', async () => {
    const { channel, session } = await opened(serials(1, 5))
    channel.here('bo')
    await settled()
    channel.change('failed', { reason: { code: 40160, message: 'no' } })
    expect(session.state()).toMatchObject({ phase: 'denied', timeline: [], hasOlder: false })
    expect(session.state().here.size).toBe(0)
    channel.deliver(said('000006'))
    await settled()
    expect(JSON.stringify([...session.state().timeline])).toBe('[]')
  })

  test('getting it back opens again', async () => {
    const { channel, session, shown } = await opened(serials(1, 5))
    channel.change('failed', { reason: { code: 40160, message: 'no' } })
    session.setRights(ALL)
    channel.change('attached')
    await settled()
    expect(shown()).toEqual(serials(1, 5))
    expect(session.state().phase).toBe('open')
    channel.say('000006')
    expect(shown()).toHaveLength(6)
  })

  test('a channel that had failed before is heard again, messages and presence', async () => {
    const channel = scriptedChannel()
    channel.change('failed')
    const session = channelSession(channel, ALL)
    channel.change('attached')
    await settled()
    channel.say('000001')
    channel.here('bo')
    await settled()
    expect(session.state().timeline).toHaveLength(1)
    expect([...session.state().here]).toEqual(['bo'])
  })

  test('any other failure can be tried again', async () => {
    const { channel, session } = await opened()
    channel.change('failed', { reason: { code: 50000, message: 'the server is unwell' } })
    expect(session.state()).toMatchObject({ phase: 'failed', error: 'the server is unwell' })
    void session.mend()
    channel.change('attached')
    await settled()
    expect(session.state().phase).toBe('open')
  })

  test('without the right to history only what comes is shown; with it, the rest follows', async () => {
    const { channel, session, shown } = await opened(serials(1, 5), ['subscribe'])
    channel.say('000006')
    expect(shown()).toEqual(['000006'])
    session.setRights(['subscribe', 'history'])
    await settled()
    expect(shown()).toEqual(serials(1, 6))
    expect(channel.entered).toBe(0)
  })

  test('is shown as here when the right comes, once', async () => {
    const { channel, session } = await opened([], ['subscribe', 'history'])
    expect(channel.entered).toBe(0)
    session.setRights(ALL)
    session.setRights([...ALL])
    expect(channel.entered).toBe(1)
    channel.here('bo', 'cy', 'bo')
    await settled()
    expect([...session.state().here]).toEqual(['bo', 'cy'])
  })

  test('reading at the bottom lets old messages go; reading above keeps them', async () => {
    const { channel, session, shown } = await opened(serials(1, 100))
    session.setReading(false, '000050')
    channel.say(...serials(101, 1_700))
    expect(shown()).toHaveLength(1_700)
    session.setReading(true)
    expect(shown()).toEqual(serials(1_201, 1_700))
    expect(session.state().hasOlder).toBe(true)
    await session.loadOlder()
    expect(shown()[0]).toBe('001102')
  })

  test('what is far from where one reads is let go of on both sides, without a hole', async () => {
    const { channel, session, shown } = await opened(serials(1, 20_000))
    session.setReading(false, '019950')
    for (let page = 0; page < 130; page += 1) {
      await session.loadOlder()
      session.setReading(false, shown()[20])
    }
    expect(shown()).toEqual(serials(Number(shown()[0]), Number(shown().at(-1))))
    expect(session.state()).toMatchObject({ hasOlder: true, hasNewer: true })
    expect(shown().length).toBeLessThanOrEqual(12_000)
    channel.say('020001', '020002')
    expect(shown().at(-1)).not.toBe('020002')
    expect(session.state().ahead).toBe(2)
  })

  test('closed: nothing is told and nothing is kept', async () => {
    const { channel, session } = await opened(serials(1, 5))
    session.close()
    channel.deliver(said('000006'))
    expect(session.state().timeline).toEqual([])
    expect(channel.state).toBe('detached')
  })
})

describe('a place far back', () => {
  const far = async () => {
    const all = await opened(serials(1, 2_000))
    expect(await all.session.openAt('000500')).toBe(true)
    return all
  }

  test('is opened with messages on both sides, and one can go on in both directions', async () => {
    const { session, shown } = await far()
    expect(shown()).toEqual(serials(451, 549))
    expect(session.state()).toMatchObject({ hasOlder: true, hasNewer: true, ahead: 0 })
    await session.loadOlder()
    await session.loadNewer()
    expect(shown()).toEqual(serials(352, 648))
  })

  test('going on to the newest is live again, and nothing between is missing', async () => {
    const { channel, session, shown } = await far()
    session.setReading(false, '000500')
    while (session.state().hasNewer) {
      const loading = session.loadNewer()
      // While the last page is on its way.
      if ((shown().at(-1) ?? '') > '001900') channel.say('002001', '002002')
      await loading
    }
    expect(shown().at(-1)).toBe('002002')
    expect(shown()).toEqual(serials(451, 2_002))
    channel.say('002003')
    expect(shown().at(-1)).toBe('002003')
  })

  test('the newest are opened again at once, with what came meanwhile', async () => {
    const { channel, session, shown } = await far()
    channel.say('002001')
    const loading = session.openNewest()
    channel.say('002002')
    await loading
    expect(shown()).toEqual(serials(1_902, 2_002))
    expect(session.state()).toMatchObject({ hasNewer: false, hasOlder: true, ahead: 0 })
  })

  const edited = (serial: string) =>
    said(serial, { action: 'message.update', data: 'edited', version: { serial: '009999' } })

  test('what comes at the end, or of the place, while it is fetched is not lost', async () => {
    const { channel, session, shown } = await opened(serials(1, 160))
    // Fetched from here to the newest: everything was asked for before the new messages came.
    const history = channel.history
    channel.history = async (params) => {
      const page = await history(params)
      if (params.direction === 'forwards') {
        channel.say('000161')
        channel.deliver(edited('000050'), edited('000150'))
      }
      return page
    }
    // Beyond the place there is nothing older or newer to fetch than what is asked for here.
    channel.log.splice(60, 60)
    expect(await session.openAt('000050')).toBe(true)
    expect(session.state().hasNewer).toBe(true)
    channel.history = history
    while (session.state().hasNewer) await session.loadNewer()
    expect(shown()).toEqual([...serials(1, 60), ...serials(121, 161)])
    const bodies = session.state().timeline.filter((entry) => entry.isEdited)
    expect(bodies.map((entry) => entry.serial)).toEqual(['000050', '000150'])
  })

  test('a place whose stretch reaches to the newest is live, without what came meanwhile missing', async () => {
    const { channel, session, shown } = await opened(serials(1, 140))
    const history = channel.history
    channel.history = async (params) => {
      const page = await history(params)
      if (params.direction === 'forwards') channel.say('000141', '000142')
      return page
    }
    channel.log.splice(40, 60)
    expect(await session.openAt('000035')).toBe(true)
    expect(session.state().hasNewer).toBe(false)
    expect(shown()).toEqual([...serials(1, 40), ...serials(101, 142)])
    channel.history = history
    channel.say('000143')
    expect(shown().at(-1)).toBe('000143')
  })

  test('more than is kept, or a lost place, while it is fetched: it goes on from there, without a hole', async () => {
    for (const between of ['flood', 'loss'] as const) {
      const { channel, session, shown } = await opened(serials(1, 140))
      const history = channel.history
      channel.history = async (params) => {
        const page = await history(params)
        if (params.direction !== 'forwards') return page
        if (between === 'flood') channel.say(...serials(141, 1_000))
        else channel.log.push(...serials(141, 1_000).map((serial) => said(serial)))
        if (between === 'loss') channel.change('attached')
        return page
      }
      channel.log.splice(40, 60)
      await session.openAt('000035')
      await settled()
      expect(session.state().hasNewer).toBe(true)
      channel.history = history
      while (session.state().hasNewer) await session.loadNewer()
      expect(shown()).toEqual([...serials(1, 40), ...serials(101, 1_000)])
    }
  })

  test('a message that is not there changes nothing', async () => {
    const { session, shown } = await opened(serials(1, 300))
    const before = shown()
    expect(await session.openAt('000150x')).toBe(false)
    expect(await session.openAt('999999')).toBe(false)
    expect(shown()).toEqual(before)
  })

  test('a thousand messages of one millisecond leave no hole around it', async () => {
    const channel = scriptedChannel()
    channel.log.push(...serials(1, 1_000).map((serial) => said(serial, { timestamp: 7 })))
    const session = channelSession(channel, ALL)
    channel.change('attached')
    await settled()
    await session.openAt('000500')
    expect(session.state().timeline.map((entry) => entry.serial)).toEqual(serials(1, 1_000))
  })

  test('an edit of what is held shows; one of what is not held makes no island', async () => {
    const { channel, session, shown } = await far()
    const edit = (serial: string) =>
      said(serial, { action: 'message.update', data: 'edited', version: { serial: '009999' } })
    channel.deliver(edit('000500'), edit('000010'), edit('001990'))
    expect(shown()).toEqual(serials(451, 549))
    expect(session.state().timeline.find((entry) => entry.serial === '000500')?.isEdited).toBe(true)
  })

  test('an edit that overtakes the page it belongs to is not lost', async () => {
    const { channel, session } = await opened(serials(1, 300))
    const loading = session.loadOlder()
    channel.deliver(
      said('000150', { action: 'message.update', data: 'edited', version: { serial: '009999' } }),
    )
    await loading
    expect(session.state().timeline.find((entry) => entry.serial === '000150')?.body).toEqual({
      kind: 'text',
      text: 'edited',
    })
  })

  test('a connection that came back without its place reads again what is held there', async () => {
    const { channel, session } = await far()
    channel.log[519] = said('000520', {
      action: 'message.update',
      data: 'edited',
      version: { serial: '009999' },
    })
    channel.change('attaching')
    channel.change('attached')
    await settled()
    expect(session.state()).toMatchObject({ hasNewer: true, hasGap: false })
    expect(session.state().timeline.find((entry) => entry.serial === '000520')?.isEdited).toBe(true)
  })

  test('losing the right to read leaves nothing of it', async () => {
    const { channel, session } = await far()
    channel.say('002001')
    channel.change('failed', { reason: { code: 40160 } })
    expect(session.state()).toMatchObject({ timeline: [], hasNewer: false, ahead: 0 })
  })
})
