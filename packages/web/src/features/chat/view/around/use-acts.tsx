// What one can do around messages, for the log and what floats over it: the menu, dialogs, and whom one answers.

import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { MenuPlace } from '../../../../ui/floating-menu.tsx'
import { lazy } from '../../../../ui/late.ts'
import { useNavigate } from '../../../../ui/navigation.tsx'
import { answering, refOf } from '../../model/refs.ts'
import { texts as chatTexts } from '../../model/texts.ts'
import type { Draft } from '../../store/sender.ts'
import type { MessageActs } from '../props.ts'
import type { ActsNeeds } from './acts-needs.ts'
import { messageHref, threadHref } from './hrefs.ts'

const MessageMenu = lazy(() =>
  import('./message-menu.tsx').then((module) => ({ default: module.MessageMenu })),
)
const ReactionPicker = lazy(() =>
  import('./reaction-picker.tsx').then((module) => ({ default: module.ReactionPicker })),
)
const AnswerBar = lazy(() =>
  import('./answer-bar.tsx').then((module) => ({ default: module.AnswerBar })),
)

export type Acts = {
  readonly acts: MessageActs
  /** What floats over the conversation. */
  readonly layer: ReactNode
  /** Stands above the composer while one answers a message. */
  readonly bar: ReactNode
  /** A draft as it is sent: with what it answers. */
  readonly finish: (draft: Draft) => Draft
}

type OpenedMenu = {
  readonly serial: string
  readonly at: MenuPlace
  /** What to do of it without showing it. */
  readonly act?: string | undefined
}

export function useActs(props: ActsNeeds): Acts {
  const { channelKey, api, session, store, me, isThread = false } = props
  const { tell } = props.notices
  const navigate = useNavigate()
  const [menu, setMenu] = useState<OpenedMenu>()
  const [picking, setPicking] = useState<Omit<OpenedMenu, 'act'>>()
  const { answered, setAnswered, answer, takeBack } = useAnswered(props)
  const acts = useMemo<MessageActs>(
    () => ({
      channelKey,
      removals: store.removals,
      kept: store.kept,
      api,
      isThread,
      hrefOf: (serial) => messageHref(channelKey, serial),
      threadHref: (root) => threadHref(channelKey, root),
      openMenu: (serial, at, act) => setMenu({ serial, at, act }),
      openPicker: (serial, at) => setPicking({ serial, at }),
      answer,
      takeBack,
      openThread: (root) => navigate(threadHref(channelKey, root)),
      react: (serial, name, isOn) => {
        const done = session?.around.react(serial, name, isOn, me.id)
        done?.catch((cause: unknown) => tell(chatTexts.notDone(cause)))
      },
      remove: (serial) => store.removals.start(channelKey, serial),
    }),
    [channelKey, api, isThread, store, session, me.id, tell, answer, takeBack, navigate],
  )
  const closeMenu = useCallback(() => setMenu(undefined), [])
  useEffect(
    () => store.removals.onRefused((cause) => tell(chatTexts.notDone(cause))),
    [store, tell],
  )
  return {
    acts,
    layer: (
      <Suspense>
        {menu && <MessageMenu {...props} acts={acts} menu={menu} onClose={closeMenu} />}
        {picking && (
          <ReactionPicker acts={acts} picking={picking} onClose={() => setPicking(undefined)} />
        )}
      </Suspense>
    ),
    bar: (
      <Suspense>
        {answered && <AnswerBar {...props} serial={answered} onClose={() => answer(undefined)} />}
      </Suspense>
    ),
    finish: (draft) => {
      if (answered === undefined) return draft
      setAnswered(undefined)
      const answer = answering({ type: 'reply', serial: answered })
      return { ...draft, extras: { ...draft.extras, ...answer } }
    },
  }
}

/** Which message one answers, by its serial; kept beside the draft. In a thread nothing is answered by itself. */
function useAnswered({ store, channelKey, composer, isThread = false }: ActsNeeds) {
  const { kept } = store
  const [answered, set] = useState(() => (isThread ? undefined : kept.answered(channelKey)))
  const setAnswered = useCallback(
    (serial: string | undefined) => {
      set(serial)
      kept.setAnswered(channelKey, serial)
    },
    [kept, channelKey],
  )
  const answer = useCallback(
    (serial: string | undefined) => {
      setAnswered(serial)
      composer.current?.focus()
    },
    [composer, setAnswered],
  )
  const takeBack = useCallback(
    ({ text, extras }: Draft) => {
      const ref = refOf(extras)
      if (ref?.type === 'reply') setAnswered(ref.serial)
      composer.current?.insert(text, extras)
    },
    [composer, setAnswered],
  )
  return { answered, setAnswered, answer, takeBack }
}
