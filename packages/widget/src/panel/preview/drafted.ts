// The panel's state as a draft would have it: a conversation nobody had. Pure.

import type { Config, Talk } from '../model/shapes.ts'
import type { Spoken } from '../model/texts.ts'
import type { Line } from '../model/timeline.ts'
import type { Ready } from '../store/state.ts'
import type { Preview } from './shape.ts'

const ME = 'preview'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

export function drafted(preview: Preview, spoken: Spoken, nowMs: number): Ready {
  const { show } = preview
  const config = configOf(preview, nowMs)
  const operator = preview.sample?.operator ?? 'Grace Hopper'
  const name = config.look.hidesNames === true ? config.name : operator
  const isTalk = show === 'talk' || show === 'ended'
  const lines = isTalk ? linesOf(preview, name, nowMs) : []
  return {
    kind: 'ready',
    config,
    spoken,
    me: { id: ME, isVerified: false },
    screen: show === 'ended' ? 'talk' : show,
    talk: isTalk ? talkOf(name, show, nowMs) : undefined,
    lines,
    hasEarlierLines: false,
    typing: [],
    theirs: { delivered: '2', read: '2' },
    unread: 0,
    connection: 'up',
    isFilled: true,
    mine: new Set([ME]),
    notice: undefined,
    // It takes no focus from the form beside it.
    isOpen: false,
    chosen: { sound: false, title: false },
  }
}

function configOf({ show, draft }: Preview, nowMs: number): Config {
  const { name = '', look, texts = {}, language = 'auto', form, offline = 'form' } = draft
  const backAtMs = show === 'offline' ? openingAfter(draft.hours, nowMs) : undefined
  return {
    id: ME,
    name: name.trim() === '' ? '…' : name,
    look: look ?? {},
    texts,
    language,
    ...(form !== undefined && { form }),
    offline,
    files: draft.files ?? { isOn: true, maxBytes: 10_000_000, types: [] },
    availability: {
      state: show === 'offline' ? 'offline' : 'online',
      ...(backAtMs !== undefined && { backAtMs }),
    },
  }
}

function talkOf(name: string, show: Preview['show'], nowMs: number): Talk {
  return {
    key: ME,
    channel: '',
    state: show === 'ended' ? 'closed' : 'open',
    with: [{ name }],
    openedAtMs: nowMs - 4 * MINUTE_MS,
  }
}

function linesOf({ sample, show }: Preview, name: string, nowMs: number): readonly Line[] {
  const base = { name, author: 'operator', text: '', files: [] as const }
  const said = (serial: string, minutes: number) => ({
    ...base,
    id: serial,
    serial,
    kind: 'text' as const,
    atMs: nowMs - minutes * MINUTE_MS,
  })
  const happened = (serial: string, kind: string, minutes: number): Line => ({
    ...said(serial, minutes),
    kind: 'event',
    event: { kind, by: { name } },
  })
  return [
    { ...said('1', 4), author: ME, text: sample?.question ?? 'Where is my order?' },
    happened('2', 'claimed', 3),
    { ...said('3', 2), text: sample?.answer ?? 'It comes today.' },
    ...(show === 'ended' ? [happened('4', 'closed', 1)] : []),
  ]
}

/** The next opening of the week by the clock of who looks: a sample of the sentence, not a promise. */
function openingAfter(hours: Preview['draft']['hours'], nowMs: number): number | undefined {
  for (let days = 1; days <= 7; days += 1) {
    const day = new Date(nowMs + days * DAY_MS)
    const [first] = hours?.week?.[WEEKDAYS[day.getDay()] ?? 'mon'] ?? []
    if (first === undefined) continue
    const [hour = 0, minute = 0] = first[0].split(':').map(Number)
    return day.setHours(hour, minute, 0, 0)
  }
  return undefined
}
