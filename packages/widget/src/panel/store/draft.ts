// What stands in the field and is not sent: kept by the browser for the visitor it belongs to, and by the panel where the browser
// keeps nothing.

import { keep, keptText } from './kept.ts'

export class Draft {
  readonly #name: string
  #text: string

  constructor(visitor: string) {
    this.#name = `draft:${visitor}`
    this.#text = keptText(this.#name) ?? ''
  }

  get text(): string {
    return this.#text
  }

  keep(text: string): void {
    this.#text = text
    keep(this.#name, text === '' ? undefined : text)
  }
}
