// What a whole matrix of screens was found to be, kept for later.

import { appendFileSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { ROOT } from '../server.ts'
import { THEMES, WIDTHS } from './look.ts'

type Matrix = {
  /** Of which part: the file is named after it. */
  readonly of: 'chat' | 'dashboard' | 'desk' | 'widget'
  /** Screens in their states, and how many looks were taken at them. */
  readonly screens: number
  readonly cases: number
  readonly findings: number
}

/** Appends one line to `docs/results/access-<of>.jsonl`. */
export function keepMatrix(browser: Browser, { of, ...counts }: Matrix): void {
  const axe = createRequire(import.meta.url).resolve('axe-core/package.json')
  const line = {
    at: new Date().toISOString().slice(0, 10),
    what: 'axe, rules of WCAG 2.2 A and AA with target size; sideways scroll',
    themes: THEMES,
    widths: WIDTHS,
    ...counts,
    axe: (JSON.parse(readFileSync(axe, 'utf8')) as { version: string }).version,
    chromium: browser.version(),
  }
  appendFileSync(join(ROOT, `docs/results/access-${of}.jsonl`), `${JSON.stringify(line)}\n`)
}
