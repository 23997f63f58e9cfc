import { describe } from 'vitest'
import { violationsOn } from '../harness/accessibility.ts'
import { expect, test } from '../harness.ts'
import { type Scene, sizes } from '../scenes/stage.ts'

/** Tests of scenes: a file each for those of one area, so that several are looked at at once. */
export function look(scenes: readonly Scene[]): void {
  describe('Nothing is found against accessibility, in light and dark, small and large', () => {
    test.for(scenes)('on $name', async (scene, { page, server, example }) => {
      const shown = await scene.show(page, { server, example })
      for (const colorScheme of ['light', 'dark'] as const) {
        await shown.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const size of sizes) {
          await shown.setViewportSize(size)
          // One that is cancelled, as what it moved has gone, is over as well.
          await shown.evaluate(() =>
            Promise.allSettled(document.getAnimations().map(({ finished }) => finished)),
          )
          expect(await violationsOn(shown), `${colorScheme}, ${size.width} wide`).toEqual([])
          const overflow = await shown.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          expect(overflow, `what stands out at ${size.width} wide`).toBe(0)
        }
      }
    })
  })
}
