// Somebody who has a keyboard and no pointer: every step ends with the focus on something that can be seen.

import type { Page } from 'playwright-core'

export type Focus = {
  /** What it is called, as far as the page says so itself. */
  readonly name: string
  /** Absent if all is well with it. */
  readonly wrong?: string
}

const MOST_TABS = 90

export class Hands {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** @throws if the focus is lost, out of sight or covered afterwards */
  async press(...keys: readonly string[]): Promise<Focus> {
    for (const key of keys) await this.#page.keyboard.press(key)
    return this.look()
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
    await this.look()
  }

  /** Goes on until something of this name has the focus. @throws if it never does */
  async tabTo(name: RegExp, back = false): Promise<void> {
    const passed: string[] = []
    for (let step = 0; step < MOST_TABS; step += 1) {
      await this.#page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
      // After the last of the page comes the browser's own.
      if (await this.#page.evaluate(() => document.activeElement === document.body)) continue
      const at = await this.look()
      if (name.test(at.name)) return
      passed.push(at.name.slice(0, 30))
    }
    throw new Error(`${name} is not among ${[...new Set(passed)].join(' | ')}`)
  }

  /** Where the focus is. @throws if nobody could tell */
  async look(): Promise<Focus> {
    const focus = await this.focus()
    if (focus.wrong !== undefined) throw new Error(`${focus.wrong}: ${focus.name}`)
    return focus
  }

  /** Resolves when something of this name has the focus. */
  async reach(name: RegExp): Promise<void> {
    const { source, flags } = name
    await this.#page
      .waitForFunction(
        ([words, how]) => {
          const at = document.activeElement
          const label = at?.getAttribute('aria-label') ?? at?.textContent ?? ''
          return new RegExp(words ?? '', how).test(label)
        },
        [source, flags] as const,
      )
      .catch(async () => {
        throw new Error(`the focus is on ${(await this.focus()).name}, not on ${name}`)
      })
    await this.look()
  }

  async focus(): Promise<Focus> {
    return this.#page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null
      if (at === null || at === document.body)
        return { name: 'nothing', wrong: 'the focus is lost' }
      const nameOf = (element: HTMLElement): string => {
        const by = element.getAttribute('aria-labelledby') ?? ''
        const label = (element as HTMLInputElement).labels?.[0] ?? document.getElementById(by)
        return (element.getAttribute('aria-label') ?? (label ?? element).textContent ?? '').trim()
      }
      const isSeen = (element: HTMLElement): boolean => {
        const { left, top, width, height } = element.getBoundingClientRect()
        const steps = [0.1, 0.5, 0.9]
        return steps.some((x) =>
          steps.some((y) => {
            const hit = document.elementFromPoint(left + width * x, top + height * y)
            return hit !== null && (element.contains(hit) || hit.contains(element))
          }),
        )
      }
      // A field may wear its ring on the frame around it; what only takes the focus in passing wears none.
      const isRinged = (element: HTMLElement | null, up = 0): boolean => {
        if (element === null || up > 3) return false
        const styles = [undefined, '::before', '::after'].map((part) =>
          getComputedStyle(element, part),
        )
        const hasRing = styles.some(
          ({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none',
        )
        return hasRing || isRinged(element.parentElement, up + 1)
      }
      const name = nameOf(at)
      if (!isSeen(at)) return { name, wrong: 'the focus is out of sight' }
      const isPassing = at.matches('h1, h2, dialog, [role=dialog]')
      return isPassing || isRinged(at) ? { name } : { name, wrong: 'no ring is seen' }
    })
  }
}
