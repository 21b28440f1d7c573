// A line of the last minutes beside a number. It repeats what the number says over time; whoever cannot see it hears the ends.

import type { ReactNode } from 'react'

const WIDTH = 96
const HEIGHT = 28

/** @param values the oldest first; null where there was nothing to measure */
export function Spark(props: {
  readonly label: string
  readonly values: readonly (number | null)[]
}): ReactNode {
  const path = pathOf(props.values, WIDTH, HEIGHT)
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={props.label}>
      <path className="area" d={path.area} />
      <path className="line" d={path.line} />
    </svg>
  )
}

/** Gaps part the line; the highest value touches the top, zero the bottom. Pure. */
export function pathOf(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { readonly line: string; readonly area: string } {
  const most = Math.max(1, ...values.map((value) => value ?? 0))
  const step = width / Math.max(1, values.length - 1)
  const x = (index: number) => round(index * step)
  const y = (value: number) => round(height - 1 - (value / most) * (height - 2))
  const runs: [number, number][][] = []
  let run: [number, number][] = []
  for (const [index, value] of values.entries()) {
    if (value !== null) run.push([x(index), y(value)])
    if ((value === null || index === values.length - 1) && run.length > 0) {
      runs.push(run)
      run = []
    }
  }
  const line = runs.map((points) => `M${points.map((point) => point.join(' ')).join('L')}`).join('')
  const area = runs
    .map((points) => {
      const first = points[0]?.[0] ?? 0
      const last = points.at(-1)?.[0] ?? 0
      return `M${first} ${height}L${points.map((point) => point.join(' ')).join('L')}L${last} ${height}Z`
    })
    .join('')
  return { line, area }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
