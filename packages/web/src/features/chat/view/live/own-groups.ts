// What one may choose to be seen as, as groups of a menu.

import './icons.ts'
import type { MenuGroup, MenuItem } from '../../../../ui/menu.tsx'
import { serverNow } from '../../../../ui/server-clock.ts'
import type { OwnChoice } from '../../model/own-presence.ts'
import { liveTexts } from '../../model/texts-live.ts'
import { useChooseOwn, useOwnChoice } from '../../store/use-own-choice.ts'
import { availabilityText } from './presence-words.ts'

const HOUR_MS = 3_600_000
/** When a working day begins, for "until tomorrow". */
const MORNING_HOUR = 8

export function tomorrowMorning(nowMs: number): number {
  return new Date(nowMs).setHours(24 + MORNING_HOUR, 0, 0, 0)
}

/** Online, away, do not disturb for a while, and the line about oneself. */
export function useOwnGroups(onStatus: () => void): readonly MenuGroup[] {
  const choice = useOwnChoice()
  const choose = useChooseOwn()
  const be = (next: Pick<OwnChoice, 'state' | 'untilMs'>) =>
    choose({ state: next.state, untilMs: next.untilMs })
  return [
    { title: liveTexts.state, items: states(choice, be) },
    { title: liveTexts.dnd.title, items: quiets(be) },
    { items: statuses(choice, onStatus, () => choose({ status: undefined })) },
  ]
}

type Be = (next: Pick<OwnChoice, 'state' | 'untilMs'>) => void

function states({ state, untilMs }: OwnChoice, be: Be): readonly MenuItem[] {
  const end = untilMs === undefined ? {} : { untilMs }
  const quiet = {
    key: 'dnd',
    label: availabilityText({ availability: 'dnd', ...end }, serverNow()),
    icon: 'circle-minus',
    isChecked: true,
    onSelect: () => undefined,
  }
  return [
    ...(state === 'dnd' ? [quiet] : []),
    {
      key: 'online',
      label: liveTexts.availability.online,
      detail: liveTexts.onlineDetail,
      icon: 'circle-dot',
      isChecked: state === undefined,
      onSelect: () => be({}),
    },
    {
      key: 'away',
      label: liveTexts.availability.away,
      detail: liveTexts.awayDetail,
      icon: 'circle-dashed',
      isChecked: state === 'away',
      onSelect: () => be({ state: 'away' }),
    },
  ]
}

function quiets(be: Be): readonly MenuItem[] {
  const item = (key: 'half' | 'hour' | 'tomorrow' | 'open', end: () => number | undefined) => ({
    key,
    label: liveTexts.dnd[key],
    icon: key === 'open' ? 'circle-minus' : 'timer',
    onSelect: () => {
      const at = end()
      be({ state: 'dnd', ...(at === undefined ? {} : { untilMs: at }) })
    },
  })
  return [
    item('half', () => serverNow() + HOUR_MS / 2),
    item('hour', () => serverNow() + HOUR_MS),
    item('tomorrow', () => tomorrowMorning(serverNow())),
    item('open', () => undefined),
  ]
}

function statuses(
  { status }: OwnChoice,
  onStatus: () => void,
  onClear: () => void,
): readonly MenuItem[] {
  return [
    {
      key: 'status',
      label: status === undefined ? liveTexts.setStatus : liveTexts.changeStatus,
      icon: 'smile',
      onSelect: onStatus,
    },
    ...(status === undefined
      ? []
      : [{ key: 'clear', label: liveTexts.clearStatus, icon: 'x', onSelect: onClear }]),
  ]
}
