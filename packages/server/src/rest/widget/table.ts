// What the table of the visitors' door is made of. Nobody but the browser that was given its secret reaches a row that asks
// for one.

import { Hono, type Context as HonoContext } from 'hono'
import type * as z from 'zod'
import type { Asker } from '../../commands/asker.ts'
import { type Admitted, knownDevice } from '../../commands/desk/admit-visitor.ts'
import { visitorAsker } from '../../commands/desk/issue-visitor-token.ts'
import { deviceOf } from '../../desk/visitors/records.ts'
import type { Widget } from '../../desk/widgets/widget.ts'
import type { AppRest } from '../app/deps.ts'
import { readBody, readJson } from '../app/json.ts'
import { ApiProblem, problemOf, problemResponse } from '../app/problem.ts'
import { requireComing, widgetIsOn } from './coming.ts'

/** A visitor on their way through a row. */
export type Come = Admitted & {
  /** By which they came last. */
  readonly widget: Widget
  /** As commands see them. */
  readonly asker: Asker
}

export type WidgetCall<Name extends string, B, W> = {
  readonly c: HonoContext
  readonly deps: AppRest
  readonly params: Readonly<Record<Name, string>>
  readonly body: B
  readonly come: W extends 'visitor' ? Come : undefined
}

type Names<P extends string> = P extends `${infer Head}/${infer Rest}`
  ? Names<Head> | Names<Rest>
  : P extends `:${infer Name}`
    ? Name
    : never

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type WidgetRow = {
  readonly method: Method
  /** Below `/widget/v1`. */
  readonly path: string
  readonly who: 'anyone' | 'visitor'
  readonly body?: z.ZodType
  readonly run: (
    call: WidgetCall<string, unknown, 'anyone' | 'visitor'>,
  ) => Response | Promise<Response>
}

/** A row, typed by its own path and schema. */
export function row<
  const P extends string,
  const W extends 'anyone' | 'visitor',
  B extends z.ZodType = z.ZodUndefined,
>(made: {
  readonly method: Method
  readonly path: P
  readonly who: W
  readonly body?: B
  readonly run: (call: WidgetCall<Names<P>, z.output<B>, W>) => Response | Promise<Response>
}): WidgetRow {
  return made as unknown as WidgetRow
}

export function routerOfWidget(rows: readonly WidgetRow[], deps: AppRest): Hono {
  const app = new Hono()
  for (const each of rows)
    app.on(each.method, `/widget/v1${each.path}`, (c) => serve(each, deps, c))
  app.all('/widget/v1/*', () => {
    throw new ApiProblem('not_found', 'there is nothing here')
  })
  app.onError((error) => {
    const { problem, expected } = problemOf(error)
    if (!expected) deps.report('widget', error)
    const response = problemResponse(problem)
    response.headers.set('cache-control', 'no-store')
    const { retryAfterMs } = problem as { readonly retryAfterMs?: number }
    if (retryAfterMs !== undefined)
      response.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1_000)))
    return response
  })
  return app
}

async function serve(each: WidgetRow, deps: AppRest, c: HonoContext): Promise<Response> {
  const bytes = await readBody(c, deps.maxBodyBytes)
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  const come = each.who === 'anyone' ? undefined : await comeBy(deps, c)
  const body = each.body && readJson(bytes, each.body)
  return each.run({ c, deps, params: c.req.param(), body, come })
}

/** @throws {ApiProblem} `device_unknown`, `widget_unknown`, `not_available` */
async function comeBy(deps: AppRest, c: HonoContext): Promise<Come> {
  const [scheme = '', secret = ''] = c.req.header('authorization')?.split(' ', 2) ?? []
  if (scheme.toLowerCase() !== 'bearer') throw deviceUnknown()
  return cameWith(deps, c, secret)
}

/** Who comes with a secret of a browser. @throws {ApiProblem} `device_unknown`, `widget_unknown`, `not_available` */
export async function cameWith(deps: AppRest, c: HonoContext, secret: string): Promise<Come> {
  const device = await deviceOf(deps.context.store, secret)
  if (device === undefined) throw deviceUnknown()
  const widget = await widgetIsOn(deps, device.widget)
  const known = await knownDevice(deps.context, { widget, device: secret })
  if (known === undefined) throw deviceUnknown()
  await requireComing(deps, c, widget, known.device.visitor)
  return { ...known, widget, asker: askerOf(deps, c, known.device.visitor) }
}

function deviceUnknown(): ApiProblem {
  return new ApiProblem('device_unknown', 'this browser is not known here', 'begin a new session')
}

function askerOf(deps: AppRest, c: HonoContext, visitor: string): Asker {
  const asker = visitorAsker(deps.context.standing.world, visitor)
  const address = deps.addressOf(c.req.raw)
  return address === undefined ? asker : { ...asker, address }
}
