// One colour and two letters per id, the same on every screen.

const HUES = 24

/** Hue of an id in degrees: one of 24, evenly spread. */
export function hueOf(id: string): number {
  let hash = 2166136261
  for (const character of id) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619)
  }
  return ((hash >>> 0) % HUES) * (360 / HUES)
}

/** At most two initials of a name: first and last word, or the first two letters of a single word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const [first, last] = [words.at(0) ?? '', words.at(-1) ?? '']
  const letters =
    words.length > 1 ? [...first].slice(0, 1).concat([...last].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}
