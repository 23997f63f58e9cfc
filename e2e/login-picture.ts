import { join } from 'node:path'
import { startBrowser } from './harness/browser.ts'
import { serveExample } from './harness/example.ts'
import { openPopup, signIn } from './harness/people.ts'
import { startServer } from './harness/server.ts'

// Takes the README's picture: the question, in its window over the example. Needs the ports of `npm start`.

const browser = await startBrowser()
const server = await startServer('login-picture', 4400)
const example = await serveExample(server, { port: 5177 })
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
const app = await context.newPage()
await app.goto(example.origin)
const popup = await openPopup(app)
await app.addStyleTag({ content: '#app { width: 922px; max-width: none; margin: 0 }' })
await signIn(popup, server.sample('nova'))
await popup.getByRole('button', { name: 'Allow' }).waitFor()
await popup.setViewportSize({ width: 375, height: 690 })

const picture = async (page: typeof app) => {
  const bytes = await page.screenshot({ animations: 'disabled' })
  return `data:image/png;base64,${bytes.toString('base64')}`
}
const composed = await context.newPage()
await composed.setContent(`<!doctype html>
<style>
  body { margin: 0; background: url(${await picture(app)}) }
  figure {
    position: absolute; left: 651px; top: 42px; margin: 0; overflow: hidden; border-radius: 10px;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 14%), 0 24px 70px rgb(40 20 60 / 32%);
  }
  figcaption { padding: 8px; background: #e9e6ec; color: #4b4450; font: 12.5px system-ui, sans-serif; text-align: center }
  img { display: block; width: 375px }
</style>
<figure><figcaption>localhost:4400</figcaption><img src="${await picture(popup)}"></figure>`)
await composed.screenshot({ path: join(import.meta.dirname, '../docs/login.png') })

await browser.close()
await example.stop()
await server.stop()
