// The log: one JSON line per event on standard error, without payloads, secrets or tokens.

import type { LogLevel } from '../settings.ts'

export type Log = {
  error(event: string, error: unknown): void
  info(event: string, details?: Readonly<Record<string, string | number | boolean>>): void
}

const RANK: Readonly<Record<LogLevel, number>> = { silent: 0, error: 1, info: 2, debug: 3 }

/** @param write takes one finished line */
export function openLog(level: LogLevel, now: () => number, write: (line: string) => void): Log {
  const line = (kind: string, event: string, more: object) =>
    write(`${JSON.stringify({ at: new Date(now()).toISOString(), level: kind, event, ...more })}\n`)
  return {
    error(event, error) {
      if (RANK[level] < RANK.error) return
      const { message, stack } =
        error instanceof Error ? error : { message: String(error), stack: undefined }
      line('error', event, { message, ...(level === 'debug' ? { stack } : {}) })
    },
    info(event, details = {}) {
      if (RANK[level] >= RANK.info) line('info', event, details)
    },
  }
}
