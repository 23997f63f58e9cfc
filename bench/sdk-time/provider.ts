import { createHash } from 'node:crypto'
import type { BrowserContext, Route } from 'playwright-core'

const anyOrigin = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'cache-control': 'no-store',
}
const page = { contentType: 'text/html', headers: { 'cache-control': 'no-store' } }
const lifetime = 3600

/** A token as clients read it; none of those that are measured here checks a signature in the page. */
function tokenOf(claims: object): string {
  const parts = [{ alg: 'RS256', typ: 'JWT', kid: 'one' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return [...parts, createHash('sha256').update(parts.join('.')).digest('base64url')].join('.')
}

/** Answers for the authorization server of every client, within the browser, so that no network is measured. */
export async function provide(context: BrowserContext): Promise<void> {
  const nonces = new Map<string, string>()
  let codes = 0
  const answerAuthorize = async (route: Route, url: URL) => {
    const asked = url.searchParams
    codes += 1
    const code = `code-${codes}`
    nonces.set(code, asked.get('nonce') ?? '')
    const answer = { code, state: asked.get('state') ?? '' }
    const redirectUri = asked.get('redirect_uri') ?? ''
    if (asked.get('response_mode') === 'web_message') {
      const message = JSON.stringify({ type: 'authorization_response', response: answer })
      return route.fulfill({ ...page, body: `<script>opener.postMessage(${message}, '*')</script>` })
    }
    const mark = asked.get('response_mode') === 'fragment' ? '#' : '?'
    const to = `${redirectUri}${mark}${new URLSearchParams({ ...answer, iss: url.origin })}`
    return route.fulfill({ ...page, body: `<script>location.replace(${JSON.stringify(to)})</script>` })
  }
  const answerToken = (route: Route, { origin }: URL) => {
    const sent = route.request().postData() ?? ''
    const asked = sent.startsWith('{') ? JSON.parse(sent) : Object.fromEntries(new URLSearchParams(sent))
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: `${origin}/`, sub: 'someone', aud: asked.client_id, iat: now, exp: now + lifetime }
    const nonce = nonces.get(asked.code)
    return route.fulfill({
      headers: anyOrigin,
      json: {
        access_token: tokenOf(claims),
        refresh_token: tokenOf({ ...claims, exp: now + 30 * 86_400 }),
        id_token: tokenOf({ ...claims, name: 'Some Person', ...(nonce && { nonce }) }),
        token_type: 'Bearer',
        expires_in: lifetime,
        refresh_expires_in: 30 * 86_400,
        scope: asked.scope ?? 'openid profile email offline_access',
      },
    })
  }
  await context.route(/^https:/, async (route) => {
    const url = new URL(route.request().url())
    const issuer = `${url.origin}/`
    if (route.request().method() === 'OPTIONS') return route.fulfill({ status: 204, headers: anyOrigin })
    if (url.pathname.endsWith('/authorize')) return answerAuthorize(route, url)
    if (url.pathname.endsWith('/token')) return answerToken(route, url)
    if (url.pathname.endsWith('/openid-configuration'))
      return route.fulfill({
        headers: anyOrigin,
        json: {
          issuer,
          authorization_endpoint: `${issuer}authorize`,
          token_endpoint: `${issuer}oauth/token`,
          userinfo_endpoint: `${issuer}userinfo`,
        },
      })
    return route.fulfill({ headers: anyOrigin, json: { name: 'Some Person', handle: 'person', userId: 1 } })
  })
}
