// What is wrong with a policy document, all of it at once, each at its place.

export type PolicyProblem = {
  /** 1-based; columns count UTF-16 units. */
  readonly line: number
  readonly column: number
  /** Where in the document: `types.channel.roles.speaker.can[1]`; empty for the document itself. */
  readonly path: string
  readonly message: string
  readonly remedy: string
}

const MOST_PROBLEMS = 100

/** The text is no policy. Nothing was changed; the author has to mend every problem listed. */
export class PolicyInvalid extends Error {
  readonly code = 'policy_invalid'
  /** In the order of the document, at most 100, never empty. */
  readonly problems: readonly PolicyProblem[]
  constructor(problems: readonly PolicyProblem[]) {
    const [first] = problems
    super(
      first
        ? `line ${first.line}, column ${first.column}: ${first.message}`
        : 'the policy document is not valid',
    )
    this.problems = problems
  }
}

/** Gathers problems by offset; line and column are worked out at the end. */
export class Problems {
  readonly #found: { offset: number; path: string; message: string; remedy: string }[] = []
  readonly #position: (offset: number) => { line: number; col: number }

  constructor(position: (offset: number) => { line: number; col: number }) {
    this.#position = position
  }

  add(offset: number, path: string, message: string, remedy: string): void {
    this.#found.push({ offset, path, message, remedy })
  }

  /** All that was added, in the order of the document, at most 100. */
  list(): readonly PolicyProblem[] {
    const inOrder = [...this.#found].sort((a, b) => a.offset - b.offset).slice(0, MOST_PROBLEMS)
    return inOrder.map(({ offset, ...problem }) => ({ ...this.place(offset), ...problem }))
  }

  /** Where an offset is, both 1-based. */
  place(offset: number): { line: number; column: number } {
    const { line, col } = this.#position(offset)
    return { line, column: col }
  }

  /** @throws {PolicyInvalid} if anything was added */
  throwIfAny(): void {
    if (this.#found.length > 0) throw new PolicyInvalid(this.list())
  }
}
