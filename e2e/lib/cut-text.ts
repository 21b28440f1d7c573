// Text that cannot be read: cut off by what it stands in, without the dots that say so and a title that has all of it.

import type { Page } from 'playwright-core'

/** What is cut on the page as it stands. */
export async function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const hasText = (element: Element) =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        if (!hasText(element) || element.getClientRects().length === 0) return false
        // Said to screen readers only.
        if (element.closest('.vh, [aria-hidden=true], .skip') !== null) return false
        const { overflowX, overflowY, textOverflow } = getComputedStyle(element)
        const isMeant = textOverflow === 'ellipsis' || element.matches('textarea, input, pre')
        const isWide = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1
        const isTall = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2
        return !isMeant && (isWide || isTall)
      })
      .map((element) => `cut: ${element.outerHTML.slice(0, 140)}`)
  })
}

/**
 * Words of ours that end in dots, and say nowhere how they go on. Columns of tables can be made wider.
 *
 * @param ours what shows that a text is of ours
 */
export async function shortenedTexts(page: Page, ours: RegExp): Promise<readonly string[]> {
  return page.evaluate((pattern) => {
    const isOurs = new RegExp(pattern)
    const isExcused = (element: HTMLElement) =>
      element.closest('.vh, [role=gridcell], td, [title]') !== null ||
      element.querySelector('[title]') !== null
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        if (getComputedStyle(element).textOverflow !== 'ellipsis') return false
        if (element.getClientRects().length === 0 || isExcused(element)) return false
        const isShort = element.scrollWidth > element.clientWidth + 1
        return isShort && isOurs.test(element.textContent ?? '')
      })
      .map((element) => `shortened: ${element.outerHTML.slice(0, 200)}`)
  }, ours.source)
}

/** Text spacing of WCAG 1.4.12. */
export const SPACED =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }'
