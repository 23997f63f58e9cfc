import { sha256 } from '../protocol/pkce.ts'

/** What the browser shows when it comes back from a login. */
export interface Notice {
  readonly heading: string
  readonly words: string
}

export const loggedIn = (app = 'the app'): Notice => ({
  heading: 'You are logged in',
  words: `You can close this window and go back to ${app}.`,
})

/** @param error What the server answered, when it did not answer a code (RFC 6749 §4.1.2.1). */
export function notLoggedIn(app = 'the app', error?: string): Notice {
  if (error === 'access_denied')
    return {
      heading: 'You are not logged in',
      words: `You can close this window: you gave ${app} no access.`,
    }
  return {
    heading: 'The login failed',
    words: `You can close this window, and log in from ${app} again.`,
  }
}

export const notAwaited = (app = 'the app'): Notice => ({
  heading: 'No login waits for this page',
  words: `You can close this window, and log in from ${app}.`,
})

const style = `:root{color-scheme:light dark;--ground:#f4f4f2;--surface:#fff;--text:#18191c;--quiet:#5a5d65;--line:#e3e2de}
@media(prefers-color-scheme:dark){:root{--ground:#101113;--surface:#191a1d;--text:#edecea;--quiet:#a5a8b0;--line:#2f3136}}
*{box-sizing:border-box;margin:0}
body{display:grid;place-items:center;min-height:100dvh;padding:16px;background:var(--ground);color:var(--text);font:15px/1.47 system-ui,sans-serif;overflow-wrap:anywhere}
main{width:100%;max-width:440px;padding:28px 32px 32px;background:var(--surface);border:1px solid var(--line);border-radius:14px}
h1{font-size:22px;font-weight:650;line-height:1.25;text-wrap:balance}
p{margin-top:12px;color:var(--quiet)}`

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** A whole page, without script and without a request. */
export function pageOf({ heading, words }: Notice): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(heading)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<main><h1>${escaped(heading)}</h1><p>${escaped(words)}</p></main>
</html>
`
}

/** Headers that keep the page, whose URL carries a code, to itself. */
export function pageHeaders(): Readonly<Record<string, string>> {
  const hash = Buffer.from(sha256(new TextEncoder().encode(style))).toString('base64')
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // A connection that is kept would keep the process.
    connection: 'close',
  }
}
