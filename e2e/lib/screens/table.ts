// Every screen in every state it has.

import { CONVERSATION, SWITCHER } from './conversation.ts'
import { OUTSIDE, RAIL, SETTINGS } from './outside.ts'
import { PANES } from './panes.ts'
import type { Shown } from './shown.ts'

export const SCREENS: readonly Shown[] = [
  ...OUTSIDE,
  ...CONVERSATION,
  ...SWITCHER,
  // What a pane says of itself is given again below for whoever has something in it.
  ...PANES.filter(
    (one, index) =>
      !PANES.some(
        (later, at) => at > index && later.screen === one.screen && later.state === one.state,
      ),
  ),
  ...RAIL,
  ...SETTINGS,
]
