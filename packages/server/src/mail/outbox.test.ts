import { memoryStore } from '@sayso/store/memory'
import { describe, expect, test } from 'vitest'
import { sealer } from '../auth/sealed.ts'
import type { Letter } from './letter.ts'
import { openOutbox } from './outbox.ts'
import type { Delivery } from './transport.ts'

const HOUR_MS = 3_600_000
const occasion = { kind: 'reset', name: 'Ada', link: 'http://here/reset#t0ken' } as const

/** An outbox whose time moves by hand and whose mail server answers as it is told. */
async function scene(answers: Delivery[] = [], store = memoryStore({ now: Date.now })) {
  let nowMs = 1_000_000
  let wake: { readonly run: () => void; readonly ms: number } | undefined
  const sent: { readonly to: string; readonly letter: Letter }[] = []
  const told: string[] = []
  let heard: () => void = () => undefined
  let count = 0
  const counted = () => {
    count += 1
    return count
  }
  const outbox = await openOutbox({
    context: { store, now: () => nowMs, randomId: () => `mail${counted()}` },
    sealer: sealer('a secret of this test only', 'mails'),
    transport: {
      deliver: async (to, letter) => {
        sent.push({ to, letter })
        return answers.shift() ?? { kind: 'sent' }
      },
      close: () => undefined,
    },
    place: () => 'Harbour',
    timer: (run, ms) => {
      wake = { run, ms }
      return () => {
        wake = undefined
      }
    },
    tell: (event, { kind, tries }) => {
      told.push(`${event} ${kind} ${tries}`)
      heard()
    },
    report: (error) => {
      throw error
    },
  })
  /** Lets the timer run and waits for what is told of one mail. */
  const turn = async () => {
    const told = new Promise<void>((resolve) => {
      heard = resolve
    })
    const due = wake
    nowMs += due?.ms ?? 0
    due?.run()
    await told
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    outbox,
    store,
    sent,
    told,
    turn,
    pauseMs: () => wake?.ms,
    pass: (ms: number) => {
      nowMs += ms
    },
    now: () => nowMs,
  }
}

describe('the outbox', () => {
  test('keeps a mail until it is taken, with longer and longer pauses', async () => {
    const later: Delivery = { kind: 'later', why: 'ECONNREFUSED' }
    const { outbox, turn, told, pauseMs, now } = await scene([later, later])
    await outbox.post('ada@example.com', occasion, now() + HOUR_MS)
    await turn()
    expect(pauseMs()).toBe(5_000)
    await turn()
    expect(pauseMs()).toBe(10_000)
    await turn()
    expect(told).toEqual(['mail waits reset 1', 'mail waits reset 2', 'mail sent reset 2'])
    expect(outbox.waiting()).toBe(0)
  })

  test('goes on where an earlier process stopped, and shows no link in what is stored', async () => {
    const first = await scene()
    await first.outbox.post('ada@example.com', occasion, first.now() + HOUR_MS)
    await first.outbox.stop()
    const [record] = await first.store.records({ collection: 'mail', limit: 10 })
    expect(JSON.stringify(record?.value)).not.toContain('t0ken')
    const second = await scene([], first.store)
    expect(second.outbox.waiting()).toBe(1)
    await second.turn()
    expect(second.sent[0]).toMatchObject({ to: 'ada@example.com' })
    expect(second.sent[0]?.letter.text).toContain('http://here/reset#t0ken')
  })

  test('drops what is of no use any more, and what an address will never take', async () => {
    const { outbox, turn, told, pass, now } = await scene([{ kind: 'never', why: '550' }])
    await outbox.post('ada@example.com', occasion, now() + HOUR_MS)
    await turn()
    await outbox.post('bob@example.com', occasion, now() + 1_000)
    pass(2_000)
    await turn()
    expect(told).toEqual(['mail refused reset 0', 'mail outdated reset 0'])
    expect(outbox.waiting()).toBe(0)
  })

  test('takes five mails of a kind to one address in an hour', async () => {
    const { outbox, pass, now } = await scene()
    const post = (to: string) => outbox.post(to, occasion, now() + HOUR_MS)
    const taken: boolean[] = []
    for (let round = 0; round < 6; round += 1) taken.push(await post('ada@example.com'))
    expect(taken).toEqual([true, true, true, true, true, false])
    expect(await post('bob@example.com')).toBe(true)
    pass(HOUR_MS + 1)
    expect(await post('Ada@example.com')).toBe(true)
  })
})
