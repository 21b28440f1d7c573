// Health that tells the truth: alive, ready (answers are not stale), and counters for a monitor.

import { Hono } from 'hono'

/** What the process knows about itself, read at each call. */
export type Vital = {
  /** Absent when all is well; else a sentence. */
  readonly trouble: () => string | undefined
  readonly counters: () => Readonly<Record<string, number>>
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
  app.get('/metrics', () => {
    const lines = Object.entries(vital.counters()).map(([name, value]) => `sayso_${name} ${value}`)
    return new Response(`${lines.join('\n')}\n`, {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    })
  })
  return app
}
