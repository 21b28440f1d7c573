import type { PermissionChange, ResourceView, RoleView } from '@sayso/client'
import { describe, expect, test } from 'vitest'
import { allRead, lossReason, say, withChange, withNews, withoutToast } from './notices.ts'

const role = (title: string, on = 'channel:lobby'): RoleView => ({
  role: title.toLowerCase(),
  on,
  title,
  glyph: 'star',
})
const view = (title: string, actions: string[] = [], roles: RoleView[] = []): ResourceView => ({
  resource: `channel:${title}`,
  channel: `chat:${title}`,
  title,
  actions,
  roles,
})
const change = (parts: Partial<PermissionChange>): PermissionChange => ({
  roles: [],
  rolesBefore: [],
  gained: [],
  changed: [],
  lost: [],
  cause: { command: 'promote', by: { id: 'grace', name: 'Grace Hopper' } },
  revision: 1,
  ...parts,
})
const raised = change({
  changed: [
    {
      ...view('lobby', ['publish', 'message-delete-any', 'promote', 'demote'], [role('Warden')]),
      gained: ['message-delete-any', 'promote', 'demote', 'mute'],
      lost: [],
      before: view('lobby', ['publish'], [role('Guest')]),
    },
  ],
  gained: [view('attic', ['subscribe', 'publish'])],
})
const lowered = change({
  cause: { command: 'demote', by: { id: 'grace', name: 'Grace Hopper' } },
  changed: [
    {
      ...view('lobby', ['publish'], [role('Guest')]),
      gained: [],
      lost: ['message-delete-any', 'promote'],
      before: view('lobby', ['publish', 'message-delete-any', 'promote'], [role('Warden')]),
    },
  ],
  lost: [view('attic')],
})
const ada = { id: 'ada', hasDraft: false }

describe('notices', () => {
  test('a promotion says what one is, who gave it, and what one can do', () => {
    expect(say(raised, ada)).toEqual({
      tone: 'gain',
      glyph: 'star',
      title: 'You are now a warden of #lobby',
      text: 'Grace Hopper gave you this. You can delete others’ messages, promote and demote people, and enter #attic.',
    })
  })

  test('a demotion says what closed, and that the draft is safe', () => {
    expect(say(lowered, { ...ada, hasDraft: true })).toEqual({
      tone: 'loss',
      glyph: 'shield-minus',
      title: 'You are a guest of #lobby again',
      text: 'Grace Hopper changed this. #attic has closed for you. Your draft is still here.',
    })
  })

  test('being held back is told as that, not as a new role', () => {
    const muted = role('Muted')
    const held = change({
      cause: { command: 'assign-role', by: { id: 'grace', name: 'Grace Hopper' }, reason: 'shh' },
      changed: [
        {
          ...view('lobby', ['subscribe'], [role('Guest'), muted]),
          restraints: [muted],
          gained: [],
          lost: ['publish'],
          before: view('lobby', ['subscribe', 'publish'], [role('Guest')]),
        },
      ],
    })
    expect(say(held, ada)).toMatchObject({
      tone: 'loss',
      title: 'Muted in #lobby',
      text: expect.stringContaining('“shh”'),
    })
  })

  test('a channel that opens', () => {
    const opened = change({ gained: [view('attic', ['subscribe', 'publish']), view('cellar')] })
    expect(say(opened, ada)).toMatchObject({
      tone: 'gain',
      title: '#attic is open to you',
      text: 'Grace Hopper gave you this. You can read and write there, and enter #cellar.',
    })
  })

  test('a channel that closes, with the reason that was given', () => {
    const cause = {
      command: 'unassign',
      by: { id: 'grace', name: 'Grace' },
      reason: 'project is over',
    }
    expect(say(change({ cause, lost: [view('attic')] }), ada)).toEqual({
      tone: 'loss',
      glyph: 'lock',
      title: 'You no longer have access to #attic',
      text: 'Grace changed this: “project is over”',
    })
  })

  test('single rights without a role are named', () => {
    const lost = change({
      changed: [
        { ...view('lobby'), gained: [], lost: ['publish'], before: view('lobby', ['publish']) },
      ],
    })
    expect(say(lost, ada)?.title).toBe('You can no longer write in #lobby')
    const gained = change({
      changed: [
        { ...view('lobby', ['publish']), gained: ['publish'], lost: [], before: view('lobby') },
      ],
    })
    expect(say(gained, ada)?.title).toBe('You can now write in #lobby')
    expect(say(gained, ada)?.text).toBe('Grace Hopper gave you this.')
  })

  test('what has no words of its own is still told', () => {
    const odd = change({
      changed: [{ ...view('lobby'), gained: ['juggle'], lost: [], before: view('lobby') }],
    })
    expect(say(odd, ada)?.title).toBe('Your rights in #lobby changed')
  })

  test('a role on the tenant', () => {
    const tenant = change({ roles: [role('Admin', 'tenant:x')], gained: [] })
    expect(say(tenant, ada)?.title).toBe('You are now an admin here')
    expect(say(change({ rolesBefore: [role('Admin', 'tenant:x')] }), ada)?.title).toBe(
      'Your role here ended',
    )
  })

  test('somebody asks to be let in; one’s own question is on screen already', () => {
    const asked = change({
      cause: { command: 'request-access', by: { id: 'grace', name: 'grace Hopper' } },
      changed: [
        {
          ...view('attic', ['admit']),
          requests: 2,
          gained: [],
          lost: [],
          before: { ...view('attic', ['admit']), requests: 1 },
        },
      ],
    })
    expect(say(asked, ada)?.title).toBe('Grace Hopper asks to enter #attic')
    expect(say(asked, { id: 'grace', hasDraft: false })).toBeUndefined()
  })

  test('a request that was refused says by whom and why', () => {
    const refused = change({
      cause: { command: 'decline-request', by: { id: 'grace', name: 'Grace' }, reason: 'full' },
      changed: [
        {
          ...view('attic'),
          locked: true,
          gained: [],
          lost: [],
          before: { ...view('attic'), locked: true, requested: true },
        },
      ],
    })
    expect(say(refused, ada)).toMatchObject({
      title: 'You were not let in to #attic',
      text: 'Grace changed this: “full”',
    })
  })

  test('nothing that one would notice is nothing', () => {
    expect(say(change({}), ada)).toBeUndefined()
    expect(withChange([], change({}), ada, 1)).toEqual([])
  })

  test('found out on coming back: no cause is invented', () => {
    const { cause: _cause, ...away } = lowered
    expect(say(away, ada)?.text).toBe(
      'This changed while you were away. #attic has closed for you.',
    )
    expect(say({ ...lowered, cause: { command: 'expire' } }, ada)?.text).toBe(
      '#attic has closed for you.',
    )
  })

  test('one notice per cause within two seconds, whatever it touched', () => {
    const first = change({ changed: raised.changed })
    const second = change({ gained: raised.gained, revision: 2 })
    const joined = withChange(withChange([], first, ada, 1000), second, ada, 2500)
    expect(joined).toHaveLength(1)
    expect(joined[0]?.text).toContain('enter #attic')
    expect(withChange(joined, second, ada, 9000)).toHaveLength(2)
    expect(withChange(joined, lowered, ada, 2600)).toHaveLength(2)
  })

  test('what came and went in between is not told', () => {
    const opened = change({
      gained: [view('attic', ['subscribe'], [role('Guest', 'channel:attic')])],
    })
    const more = change({
      changed: [
        {
          ...view('attic', ['subscribe', 'publish'], [role('Warden', 'channel:attic')]),
          gained: ['publish'],
          lost: [],
          before: view('attic', ['subscribe']),
        },
      ],
    })
    const joined = withChange(withChange([], opened, ada, 1000), more, ada, 1100)
    expect(joined[0]?.title).toBe('#attic is open to you')
    expect(joined[0]?.text).toBe('Grace Hopper gave you this. You can read and write there.')
    const back = { ...lowered, cause: raised.cause ?? { command: 'promote' }, lost: [] }
    const undone = withChange(withChange([], { ...raised, gained: [] }, ada, 1000), back, ada, 1100)
    expect(undone.map((one) => one.tone)).toEqual(['loss', 'gain'])
  })

  test('several rights: one in the title, the others below', () => {
    const lost = change({
      changed: [
        {
          ...view('lobby', ['subscribe']),
          gained: [],
          lost: ['publish', 'message-delete-own', 'message-update-own'],
          before: view('lobby', [
            'subscribe',
            'publish',
            'message-delete-own',
            'message-update-own',
          ]),
        },
      ],
    })
    expect(say(lost, ada)).toMatchObject({
      title: 'You can no longer write in #lobby',
      text: 'Grace Hopper changed this. You can no longer delete and edit your own messages either.',
    })
  })

  test('a toast that went can be read again, and is read once seen', () => {
    const [notices] = [
      withNews(
        withChange([], raised, ada, 1),
        { tone: 'news', glyph: 'info', title: 't', text: '' },
        2,
      ),
    ]
    const down = withoutToast(notices, notices[0]?.id ?? '')
    expect(down.map((one) => one.isUp)).toEqual([false, true])
    expect(allRead(down).every((one) => one.isRead)).toBe(true)
    const read = allRead(down)
    expect(allRead(read)).toBe(read)
  })

  test('the reason for a control that stays', () => {
    expect(lossReason('message-delete-any', lowered, 'ada')).toEqual({
      reason: 'You can no longer delete others’ messages. Grace Hopper changed this.',
      cause: 'Grace Hopper changed this.',
    })
    expect(lossReason('juggle', lowered, 'ada').reason).toBe(
      'Your rights here changed. Grace Hopper changed this.',
    )
  })
})
