// The whole matrix, and a sample of it in which every two of screen, state, theme and width meet. The same each time.

import { type Case, type Look, THEMES, WIDTHS } from './look.ts'
import type { Shown } from './shown.ts'

export function everyCase(screens: readonly Shown<string>[]): readonly Case[] {
  return screens.flatMap((shown) =>
    THEMES.flatMap((theme) => WIDTHS.map((width) => ({ shown, theme, width }))),
  )
}

/** What meets in a case. */
function pairsOf({ shown: { screen, state }, theme, width }: Case): readonly string[] {
  const factors = [`screen ${screen}`, `state ${state}`, theme, `${width}`]
  return factors.flatMap((one, at) => factors.slice(at + 1).map((other) => `${one} × ${other}`))
}

/** Greedy: each time the case in which most meet that have not met yet, the first of those alike. */
export function pairwise(cases: readonly Case[]): readonly Case[] {
  const missing = new Set(cases.flatMap(pairsOf))
  const chosen: Case[] = []
  const worth = (one: Case) => pairsOf(one).filter((pair) => missing.has(pair)).length
  while (missing.size > 0) {
    const best = cases.reduce((most, one) => (worth(one) > worth(most) ? one : most))
    for (const pair of pairsOf(best)) missing.delete(pair)
    chosen.push(best)
  }
  return chosen
}

/** The looks at each screen, in the order of the cases. */
function byScreen(cases: readonly Case[]): ReadonlyMap<Shown<string>, readonly Look[]> {
  const looks = new Map<Shown<string>, Look[]>()
  for (const { shown, theme, width } of cases)
    looks.set(shown, [...(looks.get(shown) ?? []), { theme, width }])
  return looks
}

/** Does the work of each screen, two at a time. Those of one person follow each other: they share a connection. */
export async function inLanes(
  cases: readonly Case[],
  work: (shown: Shown<string>, looks: readonly Look[]) => Promise<void>,
): Promise<void> {
  const isFirst = ({ who }: Shown<string>) => who === 'ada' || who === 'bo'
  const screens = [...byScreen(cases)]
  const lanes = [screens.filter(([one]) => isFirst(one)), screens.filter(([one]) => !isFirst(one))]
  await Promise.all(
    lanes.map(async (lane) => {
      for (const [shown, looks] of lane) await work(shown, looks)
    }),
  )
}
