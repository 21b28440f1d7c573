// Where the visitor is on the site, and where they were before.

import { type ReactNode, useId } from 'react'
import { clockTime } from '../../../ui/times.ts'
import { texts } from '../model/texts.ts'

type VisitedPage = { readonly url: string; readonly title?: string }

/** Only addresses of the web lead anywhere: a page says itself what its address is. */
export function PageLink({ page }: { readonly page: VisitedPage }): ReactNode {
  const { url, title } = page
  const isWeb = /^https?:\/\//.test(url) && URL.canParse(url)
  const text = title || (isWeb ? new URL(url).pathname : url)
  if (!isWeb) return <bdi>{text}</bdi>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {text}
    </a>
  )
}

const MOST_SHOWN = 8

export function VisitedPages(props: {
  readonly pages: readonly (VisitedPage & { readonly atMs: number })[]
}): ReactNode {
  const id = useId()
  if (props.pages.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{texts.context.pages}</h3>
      <ol className="pages sm">
        {props.pages.slice(0, MOST_SHOWN).map((page) => (
          <li key={`${page.atMs} ${page.url}`}>
            <span className="cut grow">
              <PageLink page={page} />
            </span>
            <span className="stamp">{clockTime(page.atMs)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
