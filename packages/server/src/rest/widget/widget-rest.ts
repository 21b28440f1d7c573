// The visitors' door: what the widget on a site calls, and the files it is made of.

import { Hono } from 'hono'
import type { AppRest } from '../app/deps.ts'
import { conversationRows } from './conversations.ts'
import { frameRoutes } from './frame.ts'
import { ownRows } from './own.ts'
import { sessionRows } from './sessions.ts'
import { routerOfWidget, type WidgetRow } from './table.ts'
import type { WidgetFiles } from './widget-files.ts'

export const WIDGET_ROWS: readonly WidgetRow[] = [...sessionRows, ...conversationRows, ...ownRows]

export function widgetRest(deps: AppRest, files: WidgetFiles): Hono {
  const app = new Hono()
  app.route('/', routerOfWidget(WIDGET_ROWS, deps))
  app.route('/', frameRoutes(deps, files))
  return app
}
