// How long somebody waits, as it is shown while it counts. Pure.

/** `0:07`, `2:10`, `1:02:10`; days as hours. Never negative: clocks may differ by a moment. */
export function waited(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/** `PT2M10S`, for `<time>`. */
export function waitedIso(ms: number): string {
  return `PT${Math.max(0, Math.floor(ms / 1_000))}S`
}
