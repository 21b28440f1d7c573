// The whole matrix, and a sample of it in which every two of screen, state, theme and width meet. The same each time.

import { type Case, type Look, THEMES, WIDTHS } from './look.ts'
import type { Shown } from './shown.ts'

/** What a case is told by. */
type Named = Pick<Shown<string>, 'screen' | 'state'>
type CaseOf<S> = Look & { readonly shown: S }

export function everyCase<S extends Named>(screens: readonly S[]): readonly CaseOf<S>[] {
  return screens.flatMap((shown) =>
    THEMES.flatMap((theme) => WIDTHS.map((width) => ({ shown, theme, width }))),
  )
}

/** What meets in a case. */
function pairsOf({ shown: { screen, state }, theme, width }: CaseOf<Named>): readonly string[] {
  const factors = [`screen ${screen}`, `state ${state}`, theme, `${width}`]
  return factors.flatMap((one, at) => factors.slice(at + 1).map((other) => `${one} × ${other}`))
}

/** Greedy: each time the case in which most meet that have not met yet, the first of those alike. */
export function pairwise<S extends Named>(cases: readonly CaseOf<S>[]): readonly CaseOf<S>[] {
  const missing = new Set(cases.flatMap(pairsOf))
  const chosen: CaseOf<S>[] = []
  const worth = (one: CaseOf<S>) => pairsOf(one).filter((pair) => missing.has(pair)).length
  while (missing.size > 0) {
    const best = cases.reduce((most, one) => (worth(one) > worth(most) ? one : most))
    for (const pair of pairsOf(best)) missing.delete(pair)
    chosen.push(best)
  }
  return chosen
}

/** Each screen as it stands by pairs, and what opens on one once: themes and widths take turns. */
export function screensByPairs(screens: readonly Shown<string>[]): readonly Case[] {
  const looks = THEMES.flatMap((theme) => WIDTHS.map((width) => ({ theme, width })))
  const opened = screens.filter(({ act }) => act !== undefined)
  const once = opened.flatMap((shown, index) => {
    const look = looks[(index * 4) % looks.length]
    return look === undefined ? [] : [{ shown, ...look }]
  })
  return [...pairwise(everyCase(screens.filter(({ act }) => act === undefined))), ...once]
}

/** The looks at each screen, in the order of the cases. */
export function byScreen<S>(cases: readonly CaseOf<S>[]): ReadonlyMap<S, readonly Look[]> {
  const looks = new Map<S, Look[]>()
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
