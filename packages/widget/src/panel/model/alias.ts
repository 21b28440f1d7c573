// Names of people who answer, where the owner hides them. Pure.

import type { Line } from './timeline.ts'

/** A line of somebody else, called as the owner says. */
export function aliased(line: Line, alias: string): Line {
  const { event } = line
  if (event === undefined) return { ...line, name: alias }
  const { by, to } = event
  const called = {
    ...event,
    ...(by && { by: { name: alias } }),
    ...(to && { to: { name: alias } }),
  }
  return { ...line, name: alias, event: called }
}
