// What an edit changed, in words. Pure.

export type Piece = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** Longer texts are compared as a whole: the table of a comparison grows with both lengths. */
const MOST_WORDS = 600

/** The pieces of both texts in their order; what was taken out stands before what took its place. */
export function differences(before: string, after: string): readonly Piece[] {
  const one = wordsOf(before)
  const other = wordsOf(after)
  if (one.length > MOST_WORDS || other.length > MOST_WORDS) {
    const removed = { kind: 'removed', text: before } as const
    return before === after
      ? [{ kind: 'same', text: after }]
      : [removed, { kind: 'added', text: after }]
  }
  return joined(walk(one, other, lengths(one, other)))
}

/** Words with the space behind them, so that joined they are the text again. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text])
}

/** Longest common runs: `table[i][j]` for what begins at word `i` of one and `j` of the other. */
function lengths(one: readonly string[], other: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1))
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const [row, below] = [table[i], table[i + 1]]
      if (row === undefined || below === undefined) continue
      row[j] =
        one[i] === other[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return table
}

function walk(
  one: readonly string[],
  other: readonly string[],
  table: readonly Uint16Array[],
): readonly Piece[] {
  const pieces: Piece[] = []
  let i = 0
  let j = 0
  while (i < one.length || j < other.length) {
    const [word, next] = [one[i], other[j]]
    if (word !== undefined && word === next) {
      pieces.push({ kind: 'same', text: word })
      i += 1
      j += 1
    } else if (
      word !== undefined &&
      (next === undefined || (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))
    ) {
      pieces.push({ kind: 'removed', text: word })
      i += 1
    } else {
      pieces.push({ kind: 'added', text: next ?? '' })
      j += 1
    }
  }
  return pieces
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (last?.kind === piece.kind) result.splice(-1, 1, { ...piece, text: last.text + piece.text })
    else result.push(piece)
  }
  return result
}
