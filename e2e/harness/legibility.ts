import type { Page } from 'playwright-core'

/** Pixels that stand out of a page at its right. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Texts of a page that are cut off, as nothing scrolls to their rest, or that leave the control which they name. */
export function cutTextsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode() !== null) {
      const text = texts.currentNode
      const owner = text.parentElement
      if (owner === null || (text.textContent ?? '').trim() === '') continue
      if (!owner.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const box = range.getBoundingClientRect()
      // The box of a line is taller than its letters.
      const slack = Number.parseFloat(getComputedStyle(owner).fontSize) / 3
      for (let around: Element | null = owner; around !== null; around = around.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(around)
        const edge = around.getBoundingClientRect()
        // A text for screen readers alone is in a box of a pixel.
        if (edge.width <= 1 && edge.height <= 1 && position === 'absolute') break
        if (/auto|scroll/.test(overflowX + overflowY)) break
        const isControl = around.matches('button, .button, summary, select, th, td')
        const [left, right] = [edge.left - box.left, box.right - edge.right]
        const [top, bottom] = [edge.top - box.top, box.bottom - edge.bottom]
        const isCutAside = (isControl || /hidden|clip/.test(overflowX)) && Math.max(left, right) > 1
        const isCutAbove = (isControl || /hidden|clip/.test(overflowY)) && Math.max(top, bottom) > slack
        if (isCutAside || isCutAbove) found.add(`${owner.tagName.toLowerCase()}: ${text.textContent?.trim()}`)
      }
    }
    return [...found]
  })
}

/** The controls of a page that show nothing once they have the focus of a keyboard. It moves the focus. */
export async function unseenFocusOn(page: Page): Promise<string[]> {
  // Focus is shown to whoever pressed a key last.
  await page.keyboard.press('Tab')
  return page.evaluate(() => {
    const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
    return [...document.querySelectorAll<HTMLElement>(controls)].flatMap((control) => {
      control.focus({ preventScroll: true })
      if (document.activeElement !== control) return []
      // One that is drawn by its label or a neighbour has its focus shown there.
      const { parentElement, nextElementSibling, previousElementSibling } = control
      const places = [
        control,
        parentElement,
        nextElementSibling,
        previousElementSibling,
        control.closest('label'),
      ]
      const isSeen = places.some((place) => {
        if (place === null) return false
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(place)
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor)
      })
      return isSeen ? [] : [control.outerHTML.slice(0, 200)]
    })
  })
}
