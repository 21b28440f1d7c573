// Medians, quantiles and ratios with their spread, and how they are printed.

/** Smallest value that at least the share `q` of the values does not exceed; NaN of nothing. */
export function quantile(values, q) {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN
}

/** Median with least and greatest: how a figure is reported over rounds. */
export function spread(values) {
  return { median: quantile(values, 0.5), min: Math.min(...values), max: Math.max(...values) }
}

/** Spread of `above / below`, paired round by round. */
export function ratio(above, below) {
  return spread(above.map((value, round) => value / below[round]))
}

/** Three figures at most: more would be noise. */
export function short(value) {
  if (Math.abs(value) >= 1e6) return `${(value / 1e6).toPrecision(3)} M`
  if (Math.abs(value) >= 1e4) return `${Math.round(value / 1e3)} k`
  return String(Number(value.toPrecision(3)))
}

export function withSpread({ median, min, max }, unit = '') {
  return `${short(median)}${unit} (${short(min)}–${short(max)})`
}

/** For results that are kept: four figures are plenty. */
export function rounded(value) {
  if (typeof value === 'number') return Number(value.toPrecision(4))
  if (Array.isArray(value)) return value.map(rounded)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rounded(each)]))
}
