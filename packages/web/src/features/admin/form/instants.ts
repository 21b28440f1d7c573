// Instants between what the API says and what a field of date and time holds, in the reader's zone. Pure.

/** `2027-01-31T18:00`, as fields hold it; empty if there is none. */
export function fieldOf(instant: string | number | undefined): string {
  if (instant === undefined) return ''
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return ''
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** ISO-8601 in UTC; undefined if the field is empty or holds no instant. */
export function instantOf(field: string | undefined): string | undefined {
  if (field === undefined || field === '') return undefined
  const at = new Date(field)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
