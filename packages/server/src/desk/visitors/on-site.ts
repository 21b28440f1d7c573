// Who is on a site now, and where. It is true of now only: nothing of it is written down.

/** Without a sign of life for so long somebody has gone; milliseconds. */
export const GONE_AFTER_MS = 90_000
/** Held at once; beyond it the longest silent ones are let go. */
const MANY = 50_000
const MOST_PAGES = 20

export type Page = { readonly url: string; readonly title?: string; readonly atMs: number }

export type OnSite = {
  readonly visitor: string
  /** Key of the tenant. */
  readonly tenant: string
  readonly widget: string
  readonly sinceMs: number
  readonly seenAtMs: number
  /** Where their requests come from, as the server found it. */
  readonly address?: string
  /** The latest first. */
  readonly pages: readonly Page[]
}

/** `here`: came, or looks at another page. */
export type OnSiteNews =
  | { readonly kind: 'here'; readonly who: OnSite }
  | { readonly kind: 'gone'; readonly who: OnSite }

type Seen = Pick<OnSite, 'visitor' | 'tenant' | 'widget'> & {
  readonly address?: string | undefined
  readonly page?: Omit<Page, 'atMs'> | undefined
}

export class SiteVisitors {
  readonly #now: () => number
  readonly #here = new Map<string, OnSite>()
  readonly #listeners = new Set<(news: OnSiteNews) => void>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Hears of each who comes, moves and goes. @returns how to stop */
  subscribe(listener: (news: OnSiteNews) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A sign of life. */
  seen({ visitor, tenant, widget, address, page }: Seen): void {
    const nowMs = this.#now()
    this.#letGo(nowMs)
    const known = this.#here.get(visitor)
    const isNewPage = page !== undefined && page.url !== known?.pages[0]?.url
    const pages = isNewPage
      ? [{ ...page, atMs: nowMs }, ...(known?.pages ?? [])].slice(0, MOST_PAGES)
      : (known?.pages ?? [])
    const from = address ?? known?.address
    const who = {
      visitor,
      tenant,
      widget,
      sinceMs: known?.sinceMs ?? nowMs,
      seenAtMs: nowMs,
      ...(from === undefined ? {} : { address: from }),
      pages,
    }
    // Behind everybody else: the first of the map is the longest silent.
    this.#here.delete(visitor)
    this.#here.set(visitor, who)
    if (known === undefined || isNewPage) this.#tell({ kind: 'here', who })
  }

  gone(visitor: string): void {
    const who = this.#here.get(visitor)
    if (who === undefined) return
    this.#here.delete(visitor)
    this.#tell({ kind: 'gone', who })
  }

  find(visitor: string): OnSite | undefined {
    this.#letGo(this.#now())
    return this.#here.get(visitor)
  }

  /** Everybody of a tenant, who came last first. */
  of(isShown: (tenant: string) => boolean): readonly OnSite[] {
    this.#letGo(this.#now())
    return [...this.#here.values()]
      .filter(({ tenant }) => isShown(tenant))
      .sort((a, b) => b.sinceMs - a.sinceMs || (a.visitor < b.visitor ? -1 : 1))
  }

  /** Tells of whoever has gone without a word. */
  tick(): void {
    this.#letGo(this.#now())
  }

  #letGo(nowMs: number): void {
    for (const { visitor, seenAtMs } of this.#here.values()) {
      if (nowMs - seenAtMs < GONE_AFTER_MS && this.#here.size <= MANY) return
      this.gone(visitor)
    }
  }

  #tell(news: OnSiteNews): void {
    for (const listener of this.#listeners) listener(news)
  }
}
