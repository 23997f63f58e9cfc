import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { violationsOn } from '../harness/accessibility.ts'
import { cutTextsOn, overflowOf, unseenFocusOn } from '../harness/legibility.ts'
import { expect, test } from '../harness.ts'
import { type Scene, sizes } from '../scenes/stage.ts'

/** How a page is shown. */
interface Appearance {
  readonly name: string
  readonly media: NonNullable<Parameters<Page['emulateMedia']>[0]>
  readonly textSize: '' | '200%'
  readonly rules: 'all' | 'colours'
}

const appearances: readonly Appearance[] = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, textSize: '', rules: 'all' },
  // Only colours are another matter in the dark.
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, textSize: '', rules: 'colours' },
  // At once: neither changes what the other is looked at for.
  {
    name: 'forced colours and text of 200 %',
    media: { colorScheme: 'light', forcedColors: 'active' },
    textSize: '200%',
    rules: 'all',
  },
]

/** Milliseconds for all looks at one scene, on a machine that is busy. */
const timeLimit = 180_000

/** Tests of scenes: a file each for those of one area, so that several are looked at at once. */
export function look(scenes: readonly Scene[]): void {
  const names = appearances.map(({ name }) => name).join(', ')
  describe(`Nothing is found against accessibility, small and large, in ${names}`, () => {
    test.for(scenes)('on $name', { timeout: timeLimit }, async (scene, { page, server, example }) => {
      const shown = await scene.show(page, { server, example })
      for (const size of sizes) {
        await shown.setViewportSize(size)
        for (const appearance of appearances) await lookAt(shown, appearance, `${size.width} wide`)
      }
      expect(await unseenFocusOn(shown)).toEqual([])
    })
  })
}

async function lookAt(shown: Page, { name, media, textSize, rules }: Appearance, size: string) {
  await shown.emulateMedia({ ...media, reducedMotion: 'reduce' })
  await shown.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize
    // One that is cancelled, as what it moved has gone, is over as well.
    return Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
  }, textSize)
  const where = `${name}, ${size}`
  expect(await violationsOn(shown, rules), where).toEqual([])
  expect(await overflowOf(shown), `what stands out in ${where}`).toBe(0)
  if (textSize !== '') expect(await cutTextsOn(shown), `what is cut in ${where}`).toEqual([])
}
