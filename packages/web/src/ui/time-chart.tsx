// Figures over time, on a canvas. Whoever cannot see it reads it step by step with the arrow keys, or as the table below.

import './chart.css'
import 'uplot/dist/uPlot.min.css'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import { chartTexts } from './chart-texts.ts'
import { useChoices } from './choices.ts'
import { spokenLanguage } from './words.ts'

export type Line = {
  /** Seconds since 1970: the beginning of each step. */
  readonly at: readonly number[]
  readonly now: readonly (number | null)[]
  /** The span before, step by step beside it. */
  readonly before?: readonly (number | null)[]
}

const HEIGHT = 280

export function TimeChart(props: {
  readonly label: string
  readonly line: Line
  readonly zone: string
  /** How a step is called. */
  readonly stepName: (atMs: number) => string
  /** What is said where there is no figure; default: that it is too few. */
  readonly untold?: string
}): ReactNode {
  const { line, label, zone } = props
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<UPlot>(undefined)
  const [at, setAt] = useState<number>()
  const { theme } = useChoices()
  const isDark = useDark()
  // biome-ignore lint/correctness/useExhaustiveDependencies: its colours are those of the theme
  useEffect(() => {
    const parent = box.current
    if (parent === null) return
    const made = new UPlot(optionsOf(parent, line, zone), dataOf(line), parent)
    chart.current = made
    const observer = new ResizeObserver(() =>
      made.setSize({ width: parent.clientWidth, height: HEIGHT }),
    )
    observer.observe(parent)
    return () => {
      observer.disconnect()
      made.destroy()
      chart.current = undefined
    }
  }, [line, zone, theme, isDark])
  const onKey = (event: KeyboardEvent) => {
    const last = line.at.length - 1
    const next = {
      ArrowRight: Math.min(last, (at ?? -1) + 1),
      ArrowLeft: Math.max(0, (at ?? last + 1) - 1),
      Home: 0,
      End: last,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setAt(next)
    const x = chart.current?.valToPos(line.at[next] ?? 0, 'x')
    const y = chart.current?.valToPos(line.now[next] ?? 0, 'y')
    if (x !== undefined && y !== undefined) chart.current?.setCursor({ left: x, top: y })
  }
  return (
    <figure className="chart" aria-label={label}>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={`${label}. ${chartTexts.chartHint}`}
        aria-valuemin={1}
        aria-valuemax={line.at.length}
        aria-valuenow={(at ?? 0) + 1}
        aria-valuetext={at === undefined ? label : spoken(props, at)}
        onKeyDown={onKey}
      />
      <figcaption className="chart-legend sm">
        <span className="key now">{chartTexts.now}</span>
        {line.before === undefined ? null : <span className="key before">{chartTexts.before}</span>}
        <span className="num">{at === undefined ? '' : spoken(props, at)}</span>
      </figcaption>
    </figure>
  )
}

function spoken(
  props: {
    readonly line: Line
    readonly stepName: (atMs: number) => string
    readonly untold?: string
  },
  at: number,
): string {
  const { line, stepName, untold = chartTexts.few } = props
  const said = (value: number | null | undefined) =>
    value === null || value === undefined ? untold : value.toLocaleString(spokenLanguage())
  const before =
    line.before === undefined ? '' : ` · ${chartTexts.before}: ${said(line.before[at])}`
  return `${stepName((line.at[at] ?? 0) * 1_000)}: ${said(line.now[at])}${before}`
}

function dataOf(line: Line): UPlot.AlignedData {
  const series = [line.at, line.now, ...(line.before === undefined ? [] : [line.before])]
  return series.map((one) => [...one]) as UPlot.AlignedData
}

function optionsOf(parent: HTMLElement, line: Line, zone: string): UPlot.Options {
  const style = getComputedStyle(parent)
  const colour = (name: string) => painted(style.getPropertyValue(name))
  const axis = {
    stroke: colour('--ink-3'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  }
  return {
    width: Math.max(200, parent.clientWidth),
    height: HEIGHT,
    tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1_000), zone),
    legend: { show: false },
    cursor: { points: { size: 8 }, drag: { x: false, y: false } },
    scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
    axes: [axis, { ...axis, size: 56 }],
    series: [
      {},
      {
        stroke: colour('--accent-text'),
        fill: colour('--accent-soft'),
        width: 2,
        points: { show: line.at.length < 40 },
      },
      ...(line.before === undefined
        ? []
        : [{ stroke: colour('--ink-3'), width: 1.5, dash: [4, 4] }]),
    ],
  }
}

/** A colour as a canvas takes it: what a style sheet may write as a function of the theme is worked out by the page. */
function painted(value: string): string {
  const probe = document.createElement('span')
  probe.style.color = value
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function useDark(): boolean {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const onChange = () => setDark(query.matches)
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [])
  return isDark
}
