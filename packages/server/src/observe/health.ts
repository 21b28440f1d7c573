// Health that tells the truth: alive, ready (answers are not stale), and numbers for a monitor.

import { Hono } from 'hono'

/** What the process knows about itself, read at each call. */
export type Vital = {
  /** Absent when all is well; else a sentence. */
  readonly trouble: () => string | undefined
  /** The numbers as text. */
  readonly metrics: () => string
  /** Whether whoever asks may see them. */
  readonly mayCollect: (request: Request) => boolean
}

export function health(vital: Vital): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.json({ status: 'alive' }))
  app.get('/readyz', (c) => {
    const trouble = vital.trouble()
    return trouble === undefined
      ? c.json({ status: 'ready' })
      : c.json({ status: 'not_ready', cause: trouble }, 503)
  })
  app.get('/metrics', (c, next) => {
    if (!vital.mayCollect(c.req.raw)) return next()
    return new Response(vital.metrics(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    })
  })
  return app
}
