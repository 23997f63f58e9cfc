/** Somebody with an account. */
export interface Person {
  readonly handle: string
  readonly password: string
}

/**
 * A browser as far as a login needs one: cookies, redirects, forms.
 *
 * @param person Whose hands it is in: they sign in where that is asked, and allow the app.
 */
export function userAgent(person: Person) {
  const cookies = new Map<string, string>()

  async function load(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await globalThis.nodeFetch(url, { ...init, redirect: 'manual', headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && value !== undefined) cookies.set(name, value)
    }
    return answer
  }

  /** Opens an authorization page and answers the link by which it goes back to the app. */
  return async function follow(start: string, redirectUri: string): Promise<string> {
    let url = start
    let answer = await load(url)
    for (let steps = 0; steps < 10; steps += 1) {
      const location = answer.headers.get('location')
      if (location?.startsWith(redirectUri)) return location
      if (location) {
        url = new URL(location, url).href
        answer = await load(url)
      } else {
        const { action, body } = filledIn(await answer.text(), person)
        url = new URL(action, url).href
        answer = await load(url, { method: 'POST', body })
      }
    }
    throw new Error(`The login does not come to an end: ${url}`)
  }
}

/** The page's own form, with what the person writes into it. */
function filledIn(page: string, { handle, password }: Person) {
  const [, action = '', inside = ''] =
    /<form[^>]* action="(\/sign-in|\/consent)"[^>]*>(.*?)<\/form>/s.exec(page) ?? []
  if (!action) throw new Error(`There is no form to fill in: ${page}`)
  const body = new URLSearchParams({ login: handle, password })
  for (const [, name = '', value = ''] of inside.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g))
    body.set(name, value)
  return { action, body: body.toString() }
}
