// The example of the colours in real browsers, in both styles of policy: what four people see while rights change.

import type * as Ably from 'ably'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '../lib/browser.ts'
import { type Example, Painter, type Style, startExample } from '../lib/colours.ts'
import { type Link, openLink } from '../lib/link.ts'
import { closeClients, failure, realtime, rest } from '../lib/stock.ts'

const BOARD = 'board:colour'
const STYLES: readonly Style[] = ['deny', 'allow']

describe.each(STYLES)('the colours, %s by default', (style) => {
  let example: Example
  let browser: Browser
  let link: Link
  let ada: Painter
  let ben: Painter
  let cleo: Painter
  let dora: Painter

  beforeAll(async () => {
    example = await startExample(style)
    browser = await openBrowser()
    link = await openLink(example.saysoPort)
    ada = await Painter.open(example, browser, 'Ada', link.port)
    ben = await Painter.open(example, browser, 'Ben')
    cleo = await Painter.open(example, browser, 'Cleo')
    dora = await Painter.open(example, browser, 'Dora')
  })
  afterEach(() => closeClients())
  afterAll(async () => {
    await browser?.close()
    await link?.close()
    await example?.remove()
  })

  const everybody = () => [ada, ben, cleo, dora]
  const allSee = (colour: string) => Promise.all(everybody().map((one) => one.sees(colour)))
  /** The colours stored so far, as the server orders them. */
  async function stored(): Promise<readonly Ably.InboundMessage[]> {
    const channel = rest(example.saysoPort, { key: example.key }).channels.get(BOARD)
    const all: Ably.InboundMessage[] = []
    let page = await channel.history({ direction: 'forwards', limit: 1_000 })
    all.push(...page.items)
    for (let next = await page.next(); next !== null; next = await page.next()) {
      all.push(...next.items)
      page = next
    }
    return all
  }
  /** The stock client as one of them, by the token their page gets. */
  async function clientOf(painter: Painter): Promise<Ably.RealtimeChannel> {
    const token: string = await painter.page.evaluate(async () =>
      (await fetch('/token')).json().then((told) => told.token),
    )
    return realtime(example.saysoPort, { token }).channels.get(BOARD)
  }

  test('1: a wrong password is refused, the form says so, and there is no data', async () => {
    await ada.signIn('guessed')
    await ada.page.getByRole('alert').filter({ hasText: 'do not go together' }).waitFor()
    for (const path of ['/me', '/token', '/ticks']) {
      expect((await ada.page.request.get(`${example.url}${path}`)).status(), path).toBe(401)
    }
    expect(ada.frames).toEqual([])
  })

  test('2: a painter sees three buttons, all closed while nothing is ticked', async () => {
    for (const one of [ada, ben, cleo]) {
      await one.signIn()
      await one.open()
    }
    await ada.page.getByText('Nothing painted yet').waitFor()
  })

  test('3: the administrator sees a table of three by three, and no buttons', async () => {
    await dora.signIn()
    await dora.cell('Cleo', 'blue').waitFor()
    expect(await dora.page.getByRole('checkbox').count()).toBe(9)
    expect(await dora.page.getByRole('checkbox', { checked: true }).count()).toBe(0)
    expect(await dora.page.locator('.pot').count()).toBe(0)
  })

  test('4: ticking opens the buttons of that painter at once, without a reload', async () => {
    const mark = (one: Painter) => one.page.evaluate(() => Object.assign(window, { mark: 1 }).mark)
    await Promise.all(everybody().map(mark))
    await dora.cell('Ada', 'red').click()
    await dora.cell('Ada', 'blue').click()
    await ada.open('red', 'blue')
    await ben.open()
    await cleo.open()
    for (const one of everybody())
      expect(await one.page.evaluate(() => 'mark' in window), one.name).toBe(true)
  })

  test('5: a colour that is pressed is seen by all', async () => {
    await ada.button('red').click()
    await allSee('red')
  })

  test('6: a colour sent past the closed button is refused and taken back, with the reason', async () => {
    expect(await ada.paint({ colour: 'green' })).toBe(false)
    await ada.refusal().filter({ hasText: 'green was refused.' }).waitFor()
    await ada.refusal().filter({ hasText: 'Not ticked for you' }).waitFor()
    await allSee('red')
    const refusal = await failure((await clientOf(ada)).publish('paint', { colour: 'green' }))
    expect(refusal.code).toBe(40160)
    expect((await stored()).map(({ data }) => data)).toEqual([{ colour: 'red' }])
  })

  test('7: directly after, an allowed colour is taken and seen by all', async () => {
    expect(await ada.paint({ colour: 'green' })).toBe(false)
    await ada.button('blue').click()
    await allSee('blue')
    await ada.refusal().filter({ hasNotText: 'refused' }).waitFor()
  })

  test('8: another colour, none, and anything beside it are refused', async () => {
    const before = await stored()
    const channel = await clientOf(ada)
    for (const data of [{ colour: 'purple' }, {}, { colour: 'red', size: 9 }, 'red', null]) {
      expect(await ada.paint(data), JSON.stringify(data)).toBe(false)
      expect((await failure(channel.publish('paint', data))).code).toBe(40160)
    }
    expect((await failure(channel.publish('erase', { colour: 'red' }))).code).toBe(40160)
    expect(await stored()).toHaveLength(before.length)
    await allSee('blue')
  })

  test('9: a button closes under the pointer, and a press that raced it is taken back', async () => {
    await ada.button('red').click()
    await allSee('red')
    await ada.button('blue').hover()
    await dora.cell('Ada', 'blue').click()
    await ada.open('red')
    const before = await stored()
    expect(await ada.paint({ colour: 'blue' })).toBe(false)
    await allSee('red')
    expect(await stored()).toHaveLength(before.length)
  })

  test('10: a painter writes nobody’s ticks, neither here nor at Sayso itself', async () => {
    for (const person of ['ada', 'ben']) {
      for (const colours of [['green'], [], null]) {
        const refused = await ada.page.request.put(`${example.url}/ticks`, {
          data: { person, colours },
        })
        expect(refused.status()).toBe(403)
      }
    }
    const { token } = await (await ada.page.request.get(`${example.url}/token`)).json()
    const direct = await fetch(`http://127.0.0.1:${example.saysoPort}/api/v1/changes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        changes: [{ person: 'user:ada', attributes: { colours: ['green'] } }],
      }),
    })
    expect([401, 403]).toContain(direct.status)
    await ada.open('red')
    await dora.page.reload()
    await dora.cell('Ada', 'red').waitFor()
    expect(await dora.page.getByRole('checkbox', { checked: true }).count()).toBe(1)
  })

  test('11: without any ticks a colour is refused for the rule’s reason', async () => {
    expect(await ben.paint({ colour: 'red' })).toBe(false)
    await ben.refusal().filter({ hasText: 'Not ticked for you' }).waitFor()
    const told = await example.call('/explain', {
      subject: 'user:ben',
      action: 'publish',
      resource: BOARD,
      message: { after: { name: 'paint', data: { colour: 'red' } } },
    })
    expect(told.allowed).toBe(false)
    expect(JSON.stringify(told)).toContain('ticked-colours')
  })

  test('12: the administrator, for whom nothing is ticked, paints nothing', async () => {
    expect(await dora.paint({ colour: 'red' })).toBe(false)
    expect((await failure((await clientOf(dora)).publish('paint', { colour: 'red' }))).code).toBe(
      40160,
    )
    await allSee('red')
  })

  test('13: two tabs of one painter change together', async () => {
    const tab = new Painter(await ada.page.context().newPage(), 'Ada')
    await tab.page.goto(example.url)
    await tab.open('red')
    await dora.cell('Ada', 'green').click()
    await Promise.all([ada.open('red', 'green'), tab.open('red', 'green')])
    await tab.button('green').click()
    await Promise.all([allSee('green'), tab.sees('green')])
    expect(tab.troubles).toEqual([])
    await tab.page.close()
  })

  test('14: a right taken while one is away is gone on return, before it can be used', async () => {
    link.shut()
    await ada.why('red').filter({ hasText: 'No connection' }).waitFor()
    await ada.page.evaluate(() => {
      const seen: string[] = []
      const button = document.querySelector('.pot[data-colour=red]') as HTMLButtonElement
      new MutationObserver(() => seen.push(button.disabled ? 'closed' : 'open')).observe(button, {
        attributes: true,
      })
      const { paint } = window as unknown as { paint: (data: unknown) => Promise<boolean> }
      Object.assign(window, { seen, queued: paint({ colour: 'red' }) })
    })
    await ada.page.locator('.sheet[data-colour=red][data-tried=true]').waitFor()
    await dora.cell('Ada', 'red').click()
    // Written when it holds: Cleo’s tick is a later write of the same screen.
    await dora.cell('Cleo', 'red').click()
    await cleo.open('red')
    link.open()
    const taken = await ada.page.evaluate(
      () => (window as unknown as { queued: Promise<boolean> }).queued,
    )
    expect(taken).toBe(false)
    await ada.open('green')
    await ada.refusal().filter({ hasText: 'red was refused.' }).waitFor()
    await allSee('green')
    const seen = await ada.page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    expect(seen).not.toContain('open')
  })

  test('15: while ticks and presses race, nothing is stored that was not ticked just then', async () => {
    const before = (await stored()).length
    const turns = [['red'], ['green'], [], ['red', 'green'], ['blue']]
    const toggling = dora.page.evaluate(async (kinds) => {
      const done: { colours: string[]; serial: string }[] = []
      for (let turn = 0; turn < 100; turn += 1) {
        const colours = kinds[turn % kinds.length] ?? []
        const response = await fetch('/ticks', {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ person: 'ada', colours }),
        })
        done.push({ colours, serial: (await response.json()).serial })
      }
      return done
    }, turns)
    let isToggling = true
    const results: boolean[] = []
    const pressing = (async () => {
      while (isToggling) {
        const tried = await ada.page.evaluate(async () => {
          const { paint } = window as unknown as { paint: (data: unknown) => Promise<boolean> }
          const colours = ['red', 'green', 'blue', 'green', 'red']
          return Promise.all(colours.map((colour) => paint({ colour })))
        })
        results.push(...tried)
      }
    })()
    const toggles = await toggling
    isToggling = false
    await pressing
    const log = (await stored()).slice(before)
    for (const { serial, data } of log) {
      const now = toggles.findLast((toggle) => toggle.serial < (serial ?? ''))?.colours ?? ['green']
      expect(now, `${serial} ${data.colour}`).toContain(data.colour)
    }
    expect(log).toHaveLength(results.filter(Boolean).length)
    expect(log.length).toBeGreaterThan(0)
    expect(results).toContain(false)
    await allSee(log.at(-1)?.data.colour)
    await ada.open('blue')
  })

  test('16: after a restart colour and ticks are as before, and painting works', async () => {
    await ada.button('blue').click()
    await allSee('blue')
    await example.stop()
    await ada.why('blue').filter({ hasText: 'No connection' }).waitFor()
    await example.start()
    await ada.open('blue')
    await cleo.open('red')
    await ben.page.reload()
    await ben.sees('blue')
    await dora.page.reload()
    await dora.cell('Ada', 'blue').waitFor()
    const ticked = dora.page.getByRole('checkbox', { checked: true })
    expect(await ticked.count()).toBe(2)
    expect(await dora.cell('Cleo', 'red').isChecked()).toBe(true)
    await cleo.button('red').click()
    await allSee('red')
  })

  test('17: who may not read any more sees nothing, and is sent nothing', async () => {
    await example.call('/changes', { changes: [{ assign: `${BOARD}#barred@user:cleo` }] })
    await cleo.page.locator('.sheet:not([data-colour])').getByText('closed').waitFor()
    const heardBefore = cleo.frames.length
    await ada.button('blue').click()
    await Promise.all([ada, ben, dora].map((one) => one.sees('blue')))
    await example.call('/changes', { changes: [{ unassign: `${BOARD}#barred@user:cleo` }] })
    await cleo.sees('blue')
    const told = cleo.frames
      .slice(heardBefore)
      .filter((frame) => frame.includes('"paint"') && frame.includes(`"channel":"${BOARD}"`))
    expect(told).toEqual([])
    expect(everybody().flatMap(({ troubles }) => troubles)).toEqual([])
  })
})
