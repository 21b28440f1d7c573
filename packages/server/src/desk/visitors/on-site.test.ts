import { describe, expect, test } from 'vitest'
import { GONE_AFTER_MS, type OnSiteNews, SiteVisitors } from './on-site.ts'

function site() {
  let nowMs = 1_000
  const visitors = new SiteVisitors(() => nowMs)
  const news: string[] = []
  visitors.subscribe(({ kind, who }: OnSiteNews) => news.push(`${kind} ${who.visitor}`))
  const seen = (visitor: string, url?: string) =>
    visitors.seen({ visitor, tenant: 'shop', widget: 'w', ...(url && { page: { url } }) })
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { visitors, news, seen, pass }
}

describe('who is on a site', () => {
  test('is told when they come, when they look at another page, and when they go', () => {
    const { visitors, news, seen, pass } = site()
    seen('ada', 'https://a.example/1')
    seen('ada', 'https://a.example/1')
    seen('ada')
    seen('ada', 'https://a.example/2')
    expect(news).toEqual(['here ada', 'here ada'])
    pass(GONE_AFTER_MS)
    visitors.tick()
    expect(news).toEqual(['here ada', 'here ada', 'gone ada'])
    expect(visitors.find('ada')).toBeUndefined()
  })

  test('stays while there are signs of life; others go beside', () => {
    const { visitors, news, seen, pass } = site()
    seen('ada')
    seen('grace')
    pass(GONE_AFTER_MS - 1)
    seen('ada')
    pass(1)
    expect(visitors.of((tenant) => tenant === 'shop').map(({ visitor }) => visitor)).toEqual([
      'ada',
    ])
    expect(news.at(-1)).toBe('gone grace')
    expect(visitors.of(() => false)).toEqual([])
  })

  test('is known by the latest pages only', () => {
    const { visitors, seen } = site()
    for (let page = 0; page < 50; page += 1) seen('ada', `https://a.example/${page}`)
    const { pages } = visitors.find('ada') ?? { pages: [] }
    expect(pages).toHaveLength(20)
    expect(pages[0]?.url).toBe('https://a.example/49')
  })
})
