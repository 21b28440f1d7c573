// What owners say of a widget, checked: where it may stand, how it looks, when somebody is there, what it asks.

import * as z from 'zod'
import { zoneNamed } from '../../analytics/zone.ts'

/** A scheme and host, perhaps with a port; the first label may be `*`. Nothing else: it stands in a header. */
const SITE = /^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:\d{1,5})?$/
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const COLOUR = /^#[0-9a-f]{6}$/i
const LANGUAGE = /^(auto|[a-z]{2,3}(-[A-Z]{2})?)$/
const WORD = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/
const MIME = /^[a-z]+\/([a-z0-9.+-]+|\*)$/

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const span = z
  .tuple([z.string().regex(CLOCK, 'write 09:00'), z.string().regex(CLOCK, 'write 17:00')])
  .refine(([from, to]) => from < to, 'the end is not after the start')

const hours = z.strictObject({
  zone: z
    .string()
    .max(64)
    .refine((name) => zoneNamed(name) !== undefined, 'there is no such time zone')
    .describe('as in `Europe/Berlin`'),
  week: z
    .partialRecord(z.enum(WEEKDAYS), z.array(span).max(6))
    .describe('when somebody is there; a day without is closed'),
  holidays: z
    .array(z.string().regex(DAY, 'write 2026-12-25'))
    .max(400)
    .default([])
    .describe('days on which nobody is'),
})

const field = z
  .strictObject({
    key: z.string().regex(WORD).describe('`name` and `email` become those of the visitor'),
    label: z.string().trim().min(1).max(120),
    kind: z.enum(['text', 'email', 'choice']).default('text'),
    required: z.boolean().default(false),
    options: z.array(z.string().min(1).max(120)).min(1).max(30).optional(),
  })
  .refine(
    ({ kind, options }) => (kind === 'choice') === (options !== undefined),
    'a choice has `options`, and nothing else has',
  )

const form = z.strictObject({
  fields: z
    .array(field)
    .max(20)
    .default([])
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, 'a key comes twice'),
  consent: z
    .strictObject({ text: z.string().trim().min(1).max(1_000), required: z.boolean() })
    .optional(),
})

const look = z.strictObject({
  colour: z.string().regex(COLOUR, 'write #0d6b62').default('#0d6b62'),
  text: z.string().regex(COLOUR, 'write #ffffff').optional().describe('on the colour'),
  position: z.enum(['right', 'left']).default('right'),
  launcher: z.enum(['bubble', 'tab']).default('bubble'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  logo: z
    .url({ protocol: /^https$/ })
    .max(1_000)
    .optional()
    .describe('address of a picture, https'),
  hidesNames: z.boolean().default(false).describe('operators are called by the widget’s name'),
})

const limits = z.strictObject({
  sessions: z.int().min(1).max(10_000).default(60).describe('of one address, in a minute'),
  conversations: z.int().min(1).max(1_000).default(10).describe('of one address, in an hour'),
  messages: z.int().min(1).max(1_000).default(30).describe('of one visitor, in a minute'),
})

export const widgetSaid = z.strictObject({
  name: z.string().trim().min(1).max(80).describe('of the site, as visitors are greeted'),
  isOn: z.boolean().default(true),
  sites: z
    .array(z.string().regex(SITE, 'write https://shop.example'))
    .max(50)
    .default([])
    .describe('origins whose pages may show it; none: only pages of this server'),
  look: look.default(look.parse({})),
  texts: z
    .record(z.string().regex(WORD), z.string().max(500))
    .refine((all) => Object.keys(all).length <= 100, 'at most 100 texts')
    .default({})
    .describe('replaces texts of the widget, by key'),
  language: z.string().regex(LANGUAGE).default('auto'),
  hours: hours.optional().describe('absent: whenever an operator is available'),
  form: form.optional().describe('asked before the first message'),
  offline: z.enum(['form', 'hide']).default('form'),
  mailAfterSeconds: z
    .int()
    .min(0)
    .max(86_400)
    .default(300)
    .describe('an answer unread for so long is told by e-mail; 0: never'),
  mostWaiting: z.int().min(1).max(10_000).optional().describe('nobody more is let wait'),
  identity: z.strictObject({ isRequired: z.boolean() }).default({ isRequired: false }),
  context: z
    .strictObject({
      url: z.url().max(2_000),
      cacheSeconds: z.int().min(0).max(3_600).default(60),
    })
    .optional()
    .describe('the owner’s server says there what it knows of a visitor'),
  routing: z.enum(['auto', 'manual']).default('manual'),
  team: z.string().min(1).max(256).optional().describe('key of a group'),
  files: z
    .strictObject({
      isOn: z.boolean().default(true),
      maxBytes: z.int().min(1).max(1_000_000_000).default(10_000_000),
      types: z.array(z.string().regex(MIME)).max(50).default([]).describe('none: any'),
    })
    .default({ isOn: true, maxBytes: 10_000_000, types: [] }),
  limits: limits.default(limits.parse({})),
})

export type WidgetSaid = z.output<typeof widgetSaid>
export type Hours = z.output<typeof hours>
