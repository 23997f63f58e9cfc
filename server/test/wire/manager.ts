import { type Browser, formTo, type Shown } from '@stagedoor/testkit/wire-browser'
import { expect } from 'vitest'

/** A management token that is shown on a page; null where there is none. */
export const tokenOn = ({ text }: Shown): string | null =>
  /<code id="management-token">(sdmt_[\w-]{49})<\/code>/.exec(text)?.[1] ?? null

/** Makes a management token on the portal, as who is signed in. */
export async function managementToken(
  browser: Browser,
  fields: Readonly<Record<string, string>> = {},
): Promise<string> {
  const form = formTo(await browser.open('/developers/tokens'), '/developers/tokens')
  const shown = await browser.submit(form, { name: 'Deployment', ...fields })
  return tokenOn(shown) ?? expect.unreachable(`No token: ${shown.status}`)
}
