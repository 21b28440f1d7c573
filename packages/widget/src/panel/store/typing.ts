// Who is writing: told at most every few seconds, forgotten after a while of silence.

const TOLD_EVERY_MS = 3_000
const SILENT_AFTER_MS = 6_000

export class Typing {
  readonly #until = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #changed: (names: readonly string[]) => void
  #toldAtMs = 0

  constructor(changed: (names: readonly string[]) => void) {
    this.#changed = changed
  }

  heard(name: string): void {
    clearTimeout(this.#until.get(name))
    this.#until.set(
      name,
      setTimeout(() => this.stopped(name), SILENT_AFTER_MS),
    )
    this.#tell()
  }

  /** Whoever has said something is not writing it any more. */
  stopped(name: string): void {
    clearTimeout(this.#until.get(name))
    if (this.#until.delete(name)) this.#tell()
  }

  clear(): void {
    for (const timer of this.#until.values()) clearTimeout(timer)
    this.#until.clear()
    this.#tell()
  }

  /** True if it is time to tell the others that the visitor writes. */
  isDue(nowMs: number): boolean {
    if (nowMs - this.#toldAtMs < TOLD_EVERY_MS) return false
    this.#toldAtMs = nowMs
    return true
  }

  /** What comes next is told at once. */
  rested(): void {
    this.#toldAtMs = 0
  }

  #tell(): void {
    this.#changed([...this.#until.keys()])
  }
}
