// What visitors answered in a form and what is known of them, as words to find their conversations by. It follows the records:
// whoever is erased is found no more.

import type { JsonObject, Store, Write } from '@sayso/store'
import { PROFILES, type Profile } from './records.ts'

const PAGE = 1_000

export class KnownWords {
  readonly #words = new Map<string, string>()

  /** Undefined: nothing beside a name and an e-mail. */
  get(visitor: string): string | undefined {
    return this.#words.get(visitor)
  }

  async load(store: Pick<Store, 'records'>): Promise<void> {
    for (let afterKey: string | undefined; ; ) {
      const query = { collection: PROFILES, limit: PAGE }
      const page = await store.records(afterKey === undefined ? query : { ...query, afterKey })
      for (const { key, value } of page) this.#keep(key, value)
      afterKey = page.at(-1)?.key
      if (page.length < PAGE) return
    }
  }

  /** What was committed. */
  write({ records = [] }: Write): void {
    for (const { collection, key, value } of records)
      if (collection === PROFILES) this.#keep(key, value)
  }

  #keep(visitor: string, value: JsonObject | undefined): void {
    const text = value === undefined ? '' : wordsOf(value as unknown as Profile)
    if (text === '') this.#words.delete(visitor)
    else this.#words.set(visitor, text)
  }
}

function wordsOf({ externalId = '', form = {}, signed = {}, said = {}, pushed = {} }: Profile) {
  const values = [form, signed, said, pushed].flatMap((each) => Object.values(each)).map(String)
  return [externalId, ...values].filter(Boolean).join('\n')
}
