import { serveBare } from '../harness/bare.ts'
import { expect, test } from '../harness.ts'

test('a page whose policy forbids requests to the server is told the line to add', async ({
  page,
  server,
}) => {
  const bare = await serveBare(server, {
    headers: { 'content-security-policy': "default-src 'self' 'unsafe-inline'" },
  })
  const warned: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warning') warned.push(message.text())
  })
  await page.goto(bare.origin)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect
    .poll(() => warned)
    .toContainEqual(expect.stringContaining(`Name it in the policy: connect-src 'self' ${server.url}`))
  await bare.stop()
})
