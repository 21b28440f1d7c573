// What a monitor collects: the text form of Prometheus, and who may see it.

import type { Durations } from './durations.ts'
import type { Meter } from './meter.ts'

/** `loopback`: programs of this machine; `open`: whoever reaches the port; `off`: nobody. */
export const METRICS_FOR = ['loopback', 'open', 'off'] as const
export type MetricsFor = (typeof METRICS_FOR)[number]

/** Upper bounds of the histograms; seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

const LOOPBACK = /^(::ffff:)?127\.|^::1$/
/** What proxies add: behind one everybody comes from this machine. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'] as const

/** @param remoteAddress of the socket */
export function mayCollect(metricsFor: MetricsFor, remoteAddress: string, headers: Headers) {
  if (metricsFor !== 'loopback') return metricsFor === 'open'
  return LOOPBACK.test(remoteAddress) && FORWARDED.every((name) => !headers.has(name))
}

/** @param counters by name; what ends in `_total` only ever rises */
export function metricsText(
  counters: Readonly<Record<string, number>>,
  apps: readonly { readonly meter: Meter }[],
): string {
  const lines = Object.entries(counters).flatMap(([name, value]) => [
    `# TYPE sayso_${name} ${name.endsWith('_total') ? 'counter' : 'gauge'}`,
    `sayso_${name} ${value}`,
  ])
  const delivery = apps.map(({ meter }) => meter.delivery)
  const revoke = apps.map(({ meter }) => meter.revoke)
  return [
    ...lines,
    ...histogram('sayso_delivery_seconds', delivery),
    ...histogram('sayso_revoke_seconds', revoke),
    '',
  ].join('\n')
}

function histogram(name: string, durations: readonly Durations[]): string[] {
  const limits = BOUNDS.map((seconds) => seconds * 1_000)
  const counts = durations.map((each) => each.upTo(limits))
  const at = (index: number) => counts.reduce((sum, each) => sum + (each[index] ?? 0), 0)
  const count = durations.reduce((sum, each) => sum + each.count, 0)
  const sumMs = durations.reduce((sum, each) => sum + each.sumMs, 0)
  return [
    `# TYPE ${name} histogram`,
    ...BOUNDS.map((bound, index) => `${name}_bucket{le="${bound}"} ${at(index)}`),
    `${name}_bucket{le="+Inf"} ${count}`,
    `${name}_sum ${sumMs / 1_000}`,
    `${name}_count ${count}`,
  ]
}
