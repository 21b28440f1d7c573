// Listeners by the name of what they hear; undefined hears everything.

export type Listener<T> = (value: T) => void

type Entry<T> = { readonly name: string | undefined; readonly listener: Listener<T> }

export class Listeners<T> {
  #entries: readonly Entry<T>[] = []

  get size(): number {
    return this.#entries.length
  }

  add(name: string | undefined, listener: Listener<T>): void {
    this.#entries = [...this.#entries, { name, listener }]
  }

  /** Drops one listener of a name, all of a name, one of any name, or everything. */
  drop(name?: string, listener?: Listener<T>): void {
    const isMeant = (each: Entry<T>) =>
      (name === undefined || each.name === name) &&
      (listener === undefined || each.listener === listener)
    this.#entries = this.#entries.filter((each) => !isMeant(each))
  }

  tell(name: string, value: T): void {
    for (const each of this.#entries)
      if (each.name === undefined || each.name === name) each.listener(value)
  }
}
