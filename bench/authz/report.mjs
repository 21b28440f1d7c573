// The figures beside their targets, on screen and as a page that is kept.

import { short } from '../lib/numbers.mjs'

export const line = (what, figure, target, isMet) => ({ what, figure, target, isMet })

export function tableOf(lines) {
  const rows = lines.map(({ what, figure, target, isMet }) => {
    const verdict = isMet === undefined ? '' : isMet ? 'met' : '**missed**'
    return `| ${what} | ${figure} | ${target ?? ''} | ${verdict} |`
  })
  return ['| what | measured | target | |', '|---|---|---|---|', ...rows].join('\n')
}

export function ratesTable(rates) {
  const rows = Object.entries(rates).map(
    ([name, { perSecond, ours, load, change, wrong, stale }]) =>
      `| ${name} | ${short(perSecond.median)} | ${ours ? spreadOf(ours) : '1'} | ${short(load)} ms | ${short(change)} µs | ${wrong} | ${stale} |`,
  )
  const head =
    '| engine | checks a second | ours is … times as fast | load | grant, 2 checks, revoke | wrong | stale |'
  return [head, '|---|---|---|---|---|---|---|', ...rows].join('\n')
}

export const spreadOf = ({ median, min, max }) => `${short(median)} (${short(min)}–${short(max)})`
