// Above the composer: who else is writing here. Its room is always there, so that nothing moves when somebody begins.

import '../../styles/live.css'
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useChoices } from '../../../../ui/choices.ts'
import { liveTexts } from '../../model/texts-live.ts'
import { type TypingRealtime, typingRoom } from '../../store/typing-room.ts'
import { useShowsTyping } from '../../store/use-notify-settings.ts'
import type { WritingPlace } from '../writing/place.ts'

export type TypingRowProps = {
  readonly realtime: TypingRealtime
  readonly place: WritingPlace
  /** Serial of the root, in a thread. */
  readonly thread?: string | undefined
  /** What is in the field. */
  readonly text: string
  readonly canWrite: boolean
}

const NOBODY: readonly string[] = []

// biome-ignore lint/style/noDefaultExport: loaded lazily
export default function TypingRow(props: TypingRowProps): ReactNode {
  const { realtime, place, thread, text } = props
  const { channel } = place.view
  const room = useMemo(
    () => (channel === undefined ? undefined : typingRoom(realtime, channel)),
    [realtime, channel],
  )
  useEffect(() => room?.enter(), [room])
  const isShown = useShowsTyping()
  useOwnTyping(isShown && props.canWrite ? room : undefined, thread, text)
  const who = useSyncExternalStore(room?.subscribe ?? never, () => room?.typists(thread) ?? NOBODY)
  const names = who.filter((id) => id !== place.me.id).map((id) => place.people.authorOf(id).name)
  const said = sentence(names)
  const spoken = useSpokenOnce(said, text !== '')
  return (
    <>
      {said === '' ? null : (
        <span className="typing" aria-hidden="true">
          {/* Begins anew with everybody who begins: what loops forever draws the eye away. */}
          <span key={said} className="dots">
            <i />
            <i />
            <i />
          </span>
          <span className="cut">{said}</span>
        </span>
      )}
      <span className="vh" role="status">
        {spoken}
      </span>
    </>
  )
}

function never(): () => void {
  return () => undefined
}

/** Tells that one writes, while one does. A command is no message. */
function useOwnTyping(
  room: ReturnType<typeof typingRoom> | undefined,
  thread: string | undefined,
  text: string,
): void {
  const before = useRef(text)
  useEffect(() => {
    if (before.current === text) return
    before.current = text
    if (text.trim() === '' || text.startsWith('/')) room?.stop(thread)
    else room?.key(thread)
  }, [room, thread, text])
  useEffect(() => () => room?.stop(thread), [room, thread])
}

/** Writing from the right, alone in the sentence: two such names would change places. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const isolated = (name: string) => (FROM_RIGHT.test(name) ? `\u2068${name}\u2069` : name)

function sentence(names: readonly string[]): string {
  const [one, two, three, more] = names.map(isolated)
  const { typing } = liveTexts
  if (one === undefined) return ''
  if (two === undefined) return typing.one(one)
  if (three === undefined) return typing.two(one, two)
  return more === undefined ? typing.three(one, two, three) : typing.several
}

/** Heard once when somebody begins and not at every change; never while one writes oneself, or if one chose silence. */
function useSpokenOnce(said: string, isWriting: boolean): string {
  const { announce } = useChoices()
  const [spoken, setSpoken] = useState('')
  const isAny = said !== ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said later of the same stretch is not spoken
  useEffect(() => {
    setSpoken(isAny && announce && !isWriting ? said : '')
  }, [isAny])
  return spoken
}
