import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBrowser } from './harness/browser.ts'
import { serveExample } from './harness/example.ts'
import { startServer } from './harness/server.ts'
import { scenes } from './scenes/all.ts'
import { sizes } from './scenes/stage.ts'

// Takes a picture of every scene, or of those that are named, in light and dark, small and large, for people to look at.

const folder = join(import.meta.dirname, '../test-results/screenshots')
mkdirSync(folder, { recursive: true })
const browser = await startBrowser()
const server = await startServer('screenshots')
const example = await serveExample(server)

const [, , ...names] = process.argv
const all = scenes
for (const scene of all.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const shown = await scene.show(await context.newPage(), { server, example })
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme })
    for (const size of sizes) {
      await shown.setViewportSize(size)
      const path = join(folder, `${scene.name}-${colorScheme}-${size.width}.png`)
      await shown.screenshot({ path, fullPage: true, animations: 'disabled' })
    }
  }
  await context.close()
}

await browser.close()
await example.stop()
await server.stop()
console.log(`The pictures are in ${folder}`)
