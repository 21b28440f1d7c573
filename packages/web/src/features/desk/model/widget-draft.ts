// A widget while it is being set up: every field as it stands in the form, what does not fit, and what is sent. Pure.

import type { Widget, WidgetBody } from '../store/calls.ts'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export type DayHours = { readonly isOpen: boolean; readonly from: string; readonly to: string }

export type FormField = {
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'email' | 'choice'
  readonly required: boolean
  /** One a line. */
  readonly options: string
}

export type WidgetDraft = {
  readonly name: string
  readonly isOn: boolean
  /** One a line. */
  readonly sites: string
  readonly colour: string
  readonly position: 'right' | 'left'
  readonly launcher: 'bubble' | 'tab'
  readonly theme: 'auto' | 'light' | 'dark'
  readonly logo: string
  readonly hidesNames: boolean
  readonly texts: Readonly<Record<string, string>>
  readonly language: string
  readonly hasHours: boolean
  readonly zone: string
  readonly week: Readonly<Record<Weekday, DayHours>>
  /** One a line. */
  readonly holidays: string
  readonly fields: readonly FormField[]
  readonly consent: string
  readonly isConsentNeeded: boolean
  readonly offline: 'form' | 'hide'
  readonly isIdentityNeeded: boolean
  readonly contextUrl: string
  readonly contextSeconds: string
  readonly routing: 'auto' | 'manual'
  readonly team: string
  readonly hasFiles: boolean
  /** Megabytes. */
  readonly fileSize: string
  /** One a line. */
  readonly fileTypes: string
}

/** Texts of the widget that owners word themselves most often; by the widget's own names. */
export const WIDGET_TEXTS = ['title', 'hello', 'online', 'away', 'offlineHint'] as const

const CLOSED: DayHours = { isOpen: false, from: '09:00', to: '17:00' }
const OPEN: DayHours = { ...CLOSED, isOpen: true }

export function newDraft(zone: string): WidgetDraft {
  return {
    name: '',
    isOn: true,
    sites: '',
    colour: '#0d6b62',
    position: 'right',
    launcher: 'bubble',
    theme: 'auto',
    logo: '',
    hidesNames: false,
    texts: {},
    language: 'auto',
    hasHours: false,
    zone,
    week: { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN, sat: CLOSED, sun: CLOSED },
    holidays: '',
    fields: [],
    consent: '',
    isConsentNeeded: true,
    offline: 'form',
    isIdentityNeeded: false,
    contextUrl: '',
    contextSeconds: '60',
    routing: 'manual',
    team: '',
    hasFiles: true,
    fileSize: '10',
    fileTypes: '',
  }
}

const MEGABYTE = 1_000_000

export function draftOf(widget: Widget, zone: string): WidgetDraft {
  const { look, hours, form, context, files } = widget
  const fresh = newDraft(zone)
  return {
    ...fresh,
    name: widget.name,
    isOn: widget.isOn,
    sites: widget.sites.join('\n'),
    colour: look.colour,
    position: look.position,
    launcher: look.launcher,
    theme: look.theme,
    logo: look.logo ?? '',
    hidesNames: look.hidesNames,
    texts: Object.fromEntries(
      Object.entries(widget.texts).flatMap(([key, text]) =>
        text === undefined ? [] : [[key, text]],
      ),
    ),
    language: widget.language,
    ...(hours === undefined
      ? {}
      : {
          hasHours: true,
          zone: hours.zone,
          week: weekOf(hours.week as Week),
          holidays: hours.holidays.join('\n'),
        }),
    fields: (form?.fields ?? []).map((field) => ({
      ...field,
      options: (field.options ?? []).join('\n'),
    })),
    consent: form?.consent?.text ?? '',
    isConsentNeeded: form?.consent?.required ?? true,
    offline: widget.offline,
    isIdentityNeeded: widget.identity.isRequired,
    contextUrl: context?.url ?? '',
    contextSeconds: String(context?.cacheSeconds ?? 60),
    routing: widget.routing,
    team: widget.team ?? '',
    hasFiles: files.isOn,
    fileSize: String(files.maxBytes / MEGABYTE),
    fileTypes: files.types.join('\n'),
  }
}

type Week = Readonly<Partial<Record<Weekday, readonly (readonly [string, string])[]>>>

/** From the first opening of a day to its last closing: what lies between is kept as long as the day is not touched. */
function weekOf(week: Week): WidgetDraft['week'] {
  const dayOf = (day: Weekday): DayHours => {
    const spans = week[day] ?? []
    const [first, last] = [spans[0], spans.at(-1)]
    return first === undefined || last === undefined
      ? CLOSED
      : { isOpen: true, from: first[0], to: last[1] }
  }
  return Object.fromEntries(WEEKDAYS.map((day) => [day, dayOf(day)])) as WidgetDraft['week']
}

export type DraftProblem =
  | 'name'
  | 'sites'
  | 'colour'
  | 'logo'
  | 'hours'
  | 'holidays'
  | 'fields'
  | 'options'
  | 'context'
  | 'fileSize'
  | 'fileTypes'

const SITE = /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:\d{1,5})?$/

/** Fields that do not fit, each once, in the order of the form. */
export function problemsOf(draft: WidgetDraft): readonly DraftProblem[] {
  const { week, fields } = draft
  const keys = fields.map(({ key }) => key)
  const checks: readonly (readonly [DraftProblem, boolean])[] = [
    ['name', draft.name.trim() !== ''],
    ['sites', linesOf(draft.sites).every((site) => SITE.test(site))],
    ['colour', /^#[0-9a-f]{6}$/i.test(draft.colour)],
    ['logo', draft.logo === '' || /^https:\/\/./.test(draft.logo)],
    [
      'hours',
      !draft.hasHours ||
        WEEKDAYS.every((day) => !week[day].isOpen || week[day].from < week[day].to),
    ],
    ['holidays', linesOf(draft.holidays).every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day))],
    [
      'fields',
      fields.every(({ key, label }) => /^[A-Za-z][\w.-]{0,63}$/.test(key) && label.trim() !== '') &&
        new Set(keys).size === keys.length,
    ],
    [
      'options',
      fields.every(({ kind, options }) => kind !== 'choice' || linesOf(options).length > 0),
    ],
    ['context', draft.contextUrl === '' || URL.canParse(draft.contextUrl)],
    ['fileSize', Number(draft.fileSize) > 0 && Number(draft.fileSize) <= 1_000],
    [
      'fileTypes',
      linesOf(draft.fileTypes).every((type) => /^[a-z]+\/([a-z0-9.+-]+|\*)$/.test(type)),
    ],
  ]
  return checks.flatMap(([problem, isFine]) => (isFine ? [] : [problem]))
}

/** @param known what is not in the form stays as it is */
export function bodyOf(draft: WidgetDraft, known?: Widget): WidgetBody {
  const fields = draft.fields.map(({ options, ...field }) => ({
    ...field,
    label: field.label.trim(),
    ...(field.kind === 'choice' ? { options: linesOf(options) as [string, ...string[]] } : {}),
  }))
  const consent = draft.consent.trim()
  const hasForm = fields.length > 0 || consent !== ''
  return {
    ...restOf(known),
    name: draft.name.trim(),
    isOn: draft.isOn,
    sites: [...linesOf(draft.sites)],
    look: {
      colour: draft.colour,
      position: draft.position,
      launcher: draft.launcher,
      theme: draft.theme,
      hidesNames: draft.hidesNames,
      ...(draft.logo === '' ? {} : { logo: draft.logo }),
    },
    texts: Object.fromEntries(Object.entries(draft.texts).filter(([, text]) => text.trim() !== '')),
    language: draft.language,
    ...(draft.hasHours ? { hours: hoursOf(draft, known) } : {}),
    ...(hasForm
      ? {
          form: {
            fields,
            ...(consent === ''
              ? {}
              : { consent: { text: consent, required: draft.isConsentNeeded } }),
          },
        }
      : {}),
    offline: draft.offline,
    identity: { isRequired: draft.isIdentityNeeded },
    ...(draft.contextUrl === ''
      ? {}
      : { context: { url: draft.contextUrl, cacheSeconds: Number(draft.contextSeconds) } }),
    routing: draft.routing,
    ...(draft.team === '' ? {} : { team: draft.team }),
    files: {
      isOn: draft.hasFiles,
      maxBytes: Math.round(Number(draft.fileSize) * MEGABYTE),
      types: [...linesOf(draft.fileTypes)],
    },
  }
}

/** What the form does not know stays as it is; what it knows and leaves out is gone. */
function restOf(known: Widget | undefined): Partial<WidgetBody> {
  if (known === undefined) return {}
  const { id: _id, tenant: _tenant, version: _version, createdAtMs: _at, ...said } = known
  const { contextSecret: _secret, hours: _hours, form: _form, ...kept } = said
  const { context: _context, team: _team, identity: _identity, ...rest } = kept
  return rest as Partial<WidgetBody>
}

function hoursOf(draft: WidgetDraft, known: Widget | undefined): NonNullable<WidgetBody['hours']> {
  const before = (known?.hours?.week ?? {}) as Week
  const untouched = weekOf(before)
  const week = WEEKDAYS.filter((day) => draft.week[day].isOpen).map((day) => {
    const { from, to } = draft.week[day]
    const isSame = JSON.stringify(untouched[day]) === JSON.stringify(draft.week[day])
    return [day, isSame ? before[day] : [[from, to]]]
  })
  return {
    zone: draft.zone,
    // The generated type does not know pairs.
    week: Object.fromEntries(week) as never,
    holidays: [...linesOf(draft.holidays)],
  }
}

export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Black or white, whichever can be read better on a colour. */
export function inkOn(colour: string): string {
  const parts = /^#(..)(..)(..)$/.exec(colour)?.slice(1) ?? []
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const value = Number.parseInt(part, 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#ffffff' : '#000000'
}

/** What site owners put on their pages. */
export function snippetOf(origin: string, widget: string): string {
  return `<script async src="${origin}/widget.js" data-widget="${widget}"></script>`
}
