// The grid of the emoji picker. A group is drawn when it comes near; until then its height is kept free.

import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { emojiTexts } from '../model/texts-emoji.ts'
import { type Cell, COLUMNS, cellId, type EmojiSection } from './emoji-grid.ts'
import { type Emoji, toned } from './emoji-table.ts'

type GridProps = {
  readonly id: string
  readonly sections: readonly EmojiSection[]
  readonly cell: Cell
  readonly tone: number
  readonly query: string
  readonly onCell: (cell: Cell) => void
  readonly onPick: (emoji: Emoji, again: boolean) => void
}

/** What stands for a section in the row of jumps. */
const SIGNS: readonly string[] = ['😀', '👋', '🐻', '🍎', '🚀', '⚽', '💡', '🔣', '🏁']

export function EmojiGrid(props: GridProps): ReactNode {
  const { sections, cell, id } = props
  const scroller = useRef<HTMLDivElement>(null)
  const near = useNear(scroller, sections)
  useEffect(() => {
    const current = document.getElementById(cellId(id, cell))
    if (scroller.current !== null && current !== null) reveal(scroller.current, current)
  }, [id, cell])
  let row = 0
  return (
    <>
      {props.query === '' ? <Jumps {...props} scroller={scroller} /> : null}
      <div ref={scroller} className="emoji-scroll">
        {/* biome-ignore lint/a11y/useSemanticElements: a grid of cells one moves through, not a table of data */}
        <div role="grid" id={`${id}-grid`} aria-label={emojiTexts.pick} aria-colcount={COLUMNS}>
          {sections.map((section) => {
            const first = row
            row += section.rows.length
            const holdsCell = cell.row >= first && cell.row < row
            return (
              <Section
                key={section.key}
                {...props}
                section={section}
                firstRow={first}
                isDrawn={holdsCell || near.has(String(section.key))}
              />
            )
          })}
        </div>
        <p className={sections.length === 0 ? 'empty sm' : 'vh'} role="status">
          {saidOf(props)}
        </p>
      </div>
    </>
  )
}

function saidOf({ sections, query }: GridProps): string {
  if (query === '') return ''
  const count = sections.flatMap((section) => section.rows).flat().length
  return count === 0 ? emojiTexts.none(query) : emojiTexts.found(count)
}

type SectionProps = GridProps & {
  readonly section: EmojiSection
  readonly firstRow: number
  readonly isDrawn: boolean
}

function Section(props: SectionProps): ReactNode {
  const { section, firstRow } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      role="rowgroup"
      className="emoji-section"
      data-section={section.key}
      aria-label={titleOf(section.key)}
      style={{ '--rows': section.rows.length } as Record<string, number>}
    >
      <div className="title" aria-hidden="true">
        {titleOf(section.key)}
      </div>
      {props.isDrawn
        ? section.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
            <div key={index} role="row" aria-rowindex={firstRow + index + 1} className="emoji-row">
              {row.map((emoji, column) => (
                <Choice
                  key={emoji.char}
                  {...props}
                  emoji={emoji}
                  at={{ row: firstRow + index, column }}
                />
              ))}
            </div>
          ))
        : null}
    </div>
  )
}

function Choice(props: SectionProps & { readonly emoji: Emoji; readonly at: Cell }): ReactNode {
  const { emoji, at, cell, id } = props
  const isCurrent = at.row === cell.row && at.column === cell.column
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <button
      type="button"
      role="gridcell"
      id={cellId(id, at)}
      className="emoji-cell"
      tabIndex={-1}
      aria-label={emoji.name}
      aria-selected={isCurrent}
      // The focus stays in the field.
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={() => (isCurrent ? undefined : props.onCell(at))}
      onClick={(event) => props.onPick(emoji, event.shiftKey)}
    >
      {toned(emoji, props.tone)}
    </button>
  )
}

function Jumps(props: GridProps & { readonly scroller: RefObject<HTMLElement | null> }): ReactNode {
  const jump = (key: number) => {
    const section = props.scroller.current?.querySelector(`[data-section="${key}"]`)
    if (section instanceof HTMLElement) props.scroller.current?.scrollTo(0, section.offsetTop)
    let row = 0
    for (const one of props.sections) {
      if (one.key === key) return props.onCell({ row, column: 0 })
      row += one.rows.length
    }
  }
  return (
    <div className="emoji-jumps" role="toolbar" aria-label={emojiTexts.pick}>
      {SIGNS.map((sign, key) => (
        <button
          key={sign}
          type="button"
          className="emoji-cell"
          aria-label={emojiTexts.groups[key]}
          title={emojiTexts.groups[key]}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => jump(key)}
        >
          {sign}
        </button>
      ))}
    </div>
  )
}

function titleOf(key: EmojiSection['key']): string {
  if (key === 'recent') return emojiTexts.recent
  return key === 'found' ? emojiTexts.results : (emojiTexts.groups[key] ?? '')
}

const TITLE = 28

/** Scrolls no further than needed, and nothing but the grid. */
function reveal(scroller: HTMLElement, current: HTMLElement): void {
  const box = scroller.getBoundingClientRect()
  const cell = current.getBoundingClientRect()
  if (cell.top < box.top + TITLE) scroller.scrollTop -= box.top + TITLE - cell.top
  else if (cell.bottom > box.bottom) scroller.scrollTop += cell.bottom - box.bottom
}

/** Keys of the sections that are, or were, near enough to be seen soon. */
function useNear(
  scroller: RefObject<HTMLElement | null>,
  sections: readonly EmojiSection[],
): ReadonlySet<string> {
  const [near, setNear] = useState<ReadonlySet<string>>(new Set(['recent', 'found', '0']))
  useEffect(() => {
    const root = scroller.current
    if (root === null || sections.length === 0) return
    const observer = new IntersectionObserver(
      (changes) => {
        const come = changes.filter((one) => one.isIntersecting)
        const keys = come.map((one) => (one.target as HTMLElement).dataset.section ?? '')
        if (keys.length > 0) setNear((now) => new Set([...now, ...keys]))
      },
      { root, rootMargin: '240px 0px' },
    )
    for (const section of root.querySelectorAll('[data-section]')) observer.observe(section)
    return () => observer.disconnect()
  }, [scroller, sections])
  return near
}
