// What is different between two texts, line by line, with a little of what stands around it. Pure.

export type DiffLine = {
  readonly kind: 'same' | 'added' | 'removed' | 'gap'
  readonly text: string
  /** Of the later text; of the earlier one for what was removed. */
  readonly line: number
}

const AROUND = 2
/** Beyond so many steps what is between the first and the last difference is told as replaced. */
const MOST_STEPS = 1_500

export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  )
    end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const middle = shortest(left, right)
  const whole: DiffLine[] = [
    ...b.slice(0, start).map((text, i): DiffLine => ({ kind: 'same', text, line: i + 1 })),
    ...numbered(middle, start),
    ...b
      .slice(b.length - end)
      .map((text, i): DiffLine => ({ kind: 'same', text, line: b.length - end + i + 1 })),
  ]
  return folded(whole)
}

type Step = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

function numbered(steps: readonly Step[], start: number): readonly DiffLine[] {
  let [old, now] = [start, start]
  return steps.map(({ kind, text }) => {
    if (kind !== 'added') old += 1
    if (kind !== 'removed') now += 1
    return { kind, text, line: kind === 'removed' ? old : now }
  })
}

/** The shortest way from one to the other, as Myers found it. */
function shortest(a: readonly string[], b: readonly string[]): readonly Step[] {
  const replaced = [
    ...a.map((text): Step => ({ kind: 'removed', text })),
    ...b.map((text): Step => ({ kind: 'added', text })),
  ]
  if (a.length === 0 || b.length === 0) return replaced
  const trace: Map<number, number>[] = []
  let furthest = new Map([[1, 0]])
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_STEPS); d += 1) {
    trace.push(furthest)
    const next = new Map(furthest)
    for (let k = -d; k <= d; k += 2) {
      const x = reached(a, b, furthest, k, d)
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return backwards(a, b, trace, d)
    }
    furthest = next
  }
  return replaced
}

function before(furthest: ReadonlyMap<number, number>, k: number, d: number): number {
  const isDown = k === -d || (k !== d && (furthest.get(k - 1) ?? 0) < (furthest.get(k + 1) ?? 0))
  return isDown ? k + 1 : k - 1
}

function reached(
  a: readonly string[],
  b: readonly string[],
  furthest: ReadonlyMap<number, number>,
  k: number,
  d: number,
): number {
  const from = before(furthest, k, d)
  let x = from > k ? (furthest.get(from) ?? 0) : (furthest.get(from) ?? 0) + 1
  while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
  return x
}

function backwards(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
  last: number,
): readonly Step[] {
  const steps: Step[] = []
  let [x, y] = [a.length, b.length]
  for (let d = last; d >= 0; d -= 1) {
    const furthest = trace[d] ?? new Map<number, number>()
    const from = before(furthest, x - y, d)
    const [fromX, fromY] = [furthest.get(from) ?? 0, (furthest.get(from) ?? 0) - from]
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      x -= 1
      y -= 1
      steps.push({ kind: 'same', text: a[x] ?? '' })
    }
    if (d === 0) break
    if (x === fromX) steps.push({ kind: 'added', text: b[fromY] ?? '' })
    else steps.push({ kind: 'removed', text: a[fromX] ?? '' })
    ;[x, y] = [fromX, fromY]
  }
  return steps.reverse()
}

/** Long stretches without a difference become one line. */
function folded(lines: readonly DiffLine[]): readonly DiffLine[] {
  const near = new Set<number>()
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    for (let at = index - AROUND; at <= index + AROUND; at += 1) near.add(at)
  }
  return lines.flatMap((line, index): DiffLine[] => {
    if (near.has(index)) return [line]
    if (index > 0 && !near.has(index - 1)) return []
    return [{ kind: 'gap', text: '', line: line.line }]
  })
}
