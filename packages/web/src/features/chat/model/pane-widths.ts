// How wide the panes are drawn: kept on this device; `public/theme.js` applies it before the first paint.

export type Side = 'rail' | 'aside'
export type Widths = Readonly<Record<Side, number>>

export const WIDTHS: Readonly<
  Record<Side, { readonly least: number; readonly most: number; readonly usual: number }>
> = {
  rail: { least: 208, most: 360, usual: 256 },
  aside: { least: 240, most: 400, usual: 296 },
}

/** Read by `public/theme.js` as well. */
const KEY = 'sayso.panes'

/** A width within what the pane takes. */
export function widthOf(side: Side, px: number): number {
  const { least, most } = WIDTHS[side]
  return Math.round(Math.min(Math.max(px, least), most))
}

/** The widths of now. */
export function paneWidths(): Widths {
  const kept = read()
  const one = (side: Side) =>
    typeof kept[side] === 'number' ? widthOf(side, kept[side]) : WIDTHS[side].usual
  return { rail: one('rail'), aside: one('aside') }
}

/** Applies a width and keeps it; without one, the usual again. Answers all widths of now. */
export function setPaneWidth(side: Side, px: number | undefined): Widths {
  const { [side]: _before, ...rest } = read()
  const kept = px === undefined ? rest : { ...rest, [side]: widthOf(side, px) }
  const { style } = document.documentElement
  if (px === undefined) style.removeProperty(`--${side}`)
  else style.setProperty(`--${side}`, `${widthOf(side, px)}px`)
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // Storage is closed to us: it holds for this visit.
  }
  const known = { rail: WIDTHS.rail.usual, aside: WIDTHS.aside.usual, ...shown(style) }
  return { ...known, [side]: px === undefined ? WIDTHS[side].usual : widthOf(side, px) }
}

function shown(style: CSSStyleDeclaration): Partial<Record<Side, number>> {
  const sides = (['rail', 'aside'] as const).map(
    (side) => [side, Number.parseInt(style.getPropertyValue(`--${side}`), 10)] as const,
  )
  return Object.fromEntries(sides.filter(([, px]) => Number.isFinite(px)))
}

function read(): Partial<Record<Side, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}
