import { address } from './clients.ts'
import { request } from './connection.ts'

/** What a form of a page to `action` sends as it stands. */
export function fieldsOf(page: string, action: string): Readonly<Record<string, string>> {
  const inside = page.split(`action="${action}"`)[1]?.split('</form>')[0]
  if (inside === undefined) throw new Error(`There is no form to ${action}: ${page}`)
  const inputs = inside.matchAll(/<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)
  return Object.fromEntries(
    Array.from(inputs, ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
  )
}

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
    const body = new URLSearchParams({ ...fieldsOf(page, action), ...fields })
    return this.#follow(await this.#ask(action, { method: 'POST', body }))
  }

  /** The request by which it opens a page, from some address. */
  getting(path: string, from: string): Buffer {
    return request(`GET ${path}`, { host: new URL(this.#origin).host, cookie: this.cookie }, from)
  }

  /** The request by which it sends a form, from the place of a connection. */
  posting(action: string, fields: Readonly<Record<string, string>>, index: number): Buffer {
    const headers = {
      ...{ host: new URL(this.#origin).host, origin: this.#origin, cookie: this.cookie },
      'content-type': 'application/x-www-form-urlencoded',
    }
    return request(`POST ${action}`, headers, address(index), new URLSearchParams(fields).toString())
  }

  /** What its requests say for it. */
  get cookie(): string {
    return Array.from(this.#cookies, (pair) => pair.join('=')).join('; ')
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    // As from many networks, by the word of a proxy: one alone may not ask for so much.
    this.#asked += 1
    const from = `203.${(this.#asked >> 15) & 255}.${(this.#asked >> 7) & 255}.1`
    const headers = { cookie: this.cookie, origin: this.#origin, 'x-forwarded-for': from }
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
