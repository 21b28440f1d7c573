// What an automated finder says of a page, by the rules of WCAG 2.2 A and AA, and what it does not look for: scrolling sideways.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] }

/** Findings of a page as it stands, each with where it is; none if all is well. */
export async function findings(page: Pick<Page, 'evaluate'>): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(o: object): Promise<{ violations: Finding[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    return (
      await axe.run({
        runOnly: { type: 'tag', values: tags },
        // Off by default, though AA since 2.2.
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
      })
    ).violations
  })
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

/** True if the page, or a part of it that nobody means to scroll, can be moved sideways. */
export async function scrollsSideways(page: Pick<Page, 'evaluate'>): Promise<readonly string[]> {
  return page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
    )
    return [`scrolls sideways by ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 100))}`]
  })
}

/** Everything of a page as it stands that would shut somebody out. */
export async function faults(page: Page): Promise<readonly string[]> {
  return [...(await findings(page)), ...(await scrollsSideways(page))]
}
