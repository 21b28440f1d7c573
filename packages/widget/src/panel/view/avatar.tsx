// A picture, or two letters on a colour that is the same wherever the name is seen.

export function Avatar({
  name,
  picture,
  isSmall = false,
}: {
  readonly name: string
  readonly picture?: string | undefined
  readonly isSmall?: boolean
}) {
  const letters = name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
  return (
    <span class={isSmall ? 'av s' : 'av'} style={{ '--hue': hueOf(name) }} aria-hidden="true">
      {picture === undefined ? letters : <img src={picture} alt="" />}
    </span>
  )
}

function hueOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return (sum % 24) * 15
}
