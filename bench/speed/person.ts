/** A person with a browser: cookies, and forms sent as they stand. */
export class Person {
  readonly #origin: string
  readonly #cookies = new Map<string, string>()
  #asked = 0

  constructor(origin: string) {
    this.#origin = origin
  }

  /** Opens a page; answers its markup, or the address outside that it leads to. */
  async open(path: string): Promise<string> {
    return this.#follow(await this.#ask(path, {}))
  }

  /** Sends the form of a page that goes to `action`, with some of its fields filled in. */
  async submit(page: string, action: string, fields: Readonly<Record<string, string>> = {}): Promise<string> {
    const inside = page.split(`action="${action}"`)[1]?.split('</form>')[0]
    if (inside === undefined) throw new Error(`There is no form to ${action}: ${page}`)
    const inputs = inside.matchAll(/<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)
    const sent = Object.fromEntries(
      Array.from(inputs, ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
    )
    const body = new URLSearchParams({ ...sent, ...fields })
    return this.#follow(await this.#ask(action, { method: 'POST', body }))
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const cookie = Array.from(this.#cookies, (pair) => pair.join('=')).join('; ')
    // As from many networks, by the word of a proxy: one alone may not ask for so much.
    this.#asked += 1
    const from = `203.0.${Math.floor(this.#asked / 100)}.1`
    const headers = { cookie, origin: this.#origin, 'x-forwarded-for': from }
    const response = await fetch(new URL(path, this.#origin), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return response
  }

  async #follow(response: Response): Promise<string> {
    const text = await response.text()
    const location = response.headers.get('location')
    if (location === null) return text
    const url = new URL(location, this.#origin)
    return url.origin === this.#origin ? this.open(url.href) : url.href
  }
}
