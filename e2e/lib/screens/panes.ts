// What stands beside the conversation.

import { API, at, chat, framed, inPane, offline, ofPerson } from './acts.ts'
import type { Place, Who } from './place.ts'
import type { Shown, State } from './shown.ts'

/** A pane beside the conversation, in the states every one of them has. */
function pane(
  screen: string,
  query: string | ((place: Place) => string),
  full: RegExp | string,
  empty?: readonly [Who, RegExp | string],
): readonly Shown[] {
  const path = (place: Place) => chat(typeof query === 'string' ? query : query(place))
  const one = (state: State, more: Partial<Shown>): Shown => ({
    screen,
    state,
    who: 'grace',
    path,
    settled: inPane(full),
    ...more,
  })
  return [
    one('full', {}),
    one('loading', { hold: API, settled: framed }),
    one('error', { fail: API, settled: framed }),
    ...(empty === undefined
      ? []
      : [
          one('empty', {
            who: empty[0],
            path: at(`/chat/random?${query}`),
            settled: inPane(empty[1]),
          }),
        ]),
  ]
}

export const PANES: readonly Shown[] = [
  ...pane('people', 'pane=people', 'Ada Lovelace'),
  ...pane('thread', ({ root }) => `pane=thread&thread=${encodeURIComponent(root)}`, 'On the pier.'),
  ...pane('threads', 'pane=threads', /harbour lights/, ['zoe', /./]),
  ...pane('pins', 'pane=pins', /harbour lights/, ['zoe', /./]),
  ...pane('files', 'pane=files', 'plan.txt', ['zoe', /./]),
  ...pane('reports', 'pane=reports', 'An advertisement.'),
  ...pane('details', 'pane=details', /slow mode/i),
  ...pane('search', 'pane=search', /./),
  ...pane('saved', 'pane=saved', /./, ['zoe', /./]),
  ...pane('mentions', 'pane=mentions', /./, ['zoe', /./]),
  {
    screen: 'saved',
    state: 'full',
    who: 'ada',
    path: at(chat('pane=saved')),
    settled: inPane(/harbour lights/),
  },
  {
    screen: 'mentions',
    state: 'full',
    who: 'ada',
    path: at(chat('pane=mentions')),
    settled: inPane('Ada, can you look?'),
  },
  {
    screen: 'search',
    state: 'full',
    who: 'ada',
    path: at(chat('pane=search')),
    settled: framed,
    act: async (page) => {
      await page.locator('.aside:not(.edge) input').first().fill('harbour')
      await inPane(/harbour lights/)(page)
    },
  },
  {
    screen: 'people',
    state: 'dialog',
    who: 'grace',
    path: at(chat('pane=people')),
    settled: inPane('Ada Lovelace'),
    act: ofPerson('Ada Lovelace'),
  },
  {
    screen: 'mute',
    state: 'dialog',
    who: 'grace',
    path: at(chat('pane=people')),
    settled: inPane('Ada Lovelace'),
    act: ofPerson('Ada Lovelace', /^Mute/),
  },
  {
    screen: 'thread',
    state: 'offline',
    who: 'ada',
    path: ({ root }) => chat(`pane=thread&thread=${encodeURIComponent(root)}`),
    settled: inPane('On the pier.'),
    act: offline,
  },
]
