import { sampleUsers } from '../server/src/cli/samples.ts'

/** A form of a page, as a browser would send it untouched. */
export interface Form {
  readonly action: string
  /** Where its other buttons send it. */
  readonly formActions: readonly string[]
  readonly fields: Readonly<Record<string, string>>
}

/** What a browser shows, or the address outside the server that it was sent to. */
export interface Shown {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The address on another origin that the last answer leads to. */
  readonly leftFor: string | null
}

export interface Person {
  readonly handle: string
  readonly password: string
}

export const [nova, jun, sam] = sampleUsers

/** The one script of the sign-in page, which is ours. */
export const passkeyScript = /<script type="module" src="\/assets\/passkey\.\w+\.js"><\/script>/

/** A browser without script: keeps cookies, follows redirects on one origin, reads forms and sends them. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  /** Opens an address and goes where the server sends it. */
  async open(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Shown> {
    let shown = await this.request(path, { headers })
    while (shown.status === 303 && shown.leftFor === null)
      shown = await this.request(shown.headers.get('location') ?? '', { headers })
    return shown
  }

  /** Sends one form of a page, with the headers that browsers add, and goes where the server sends it. */
  async submit(
    form: Form,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Shown> {
    const answer = await this.post(form.action, { ...form.fields, ...fields }, headers)
    return answer.status === 303 && answer.leftFor === null
      ? this.open(answer.headers.get('location') ?? '')
      : answer
  }

  /** Sends fields as a form of the server's own page would; follows nothing. */
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Shown> {
    return this.request(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    })
  }

  /** Sends a form with files as `multipart/form-data`, in the order of its fields; follows nothing. */
  async send(
    form: Form,
    fields: Readonly<Record<string, string | Blob>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Shown> {
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...form.fields, ...fields })) {
      if (typeof value === 'string') body.append(name, value)
      else body.append(name, value, 'chosen file')
    }
    return this.request(form.action, {
      method: 'POST',
      headers: { origin: this.origin, 'sec-fetch-site': 'same-origin', ...headers },
      body,
    })
  }

  /** One request and its answer, with this browser's cookies. */
  async request(path: string, init: RequestInit & { readonly headers: object }): Promise<Shown> {
    const url = new URL(path, this.origin)
    const cookie = Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie !== '' && { cookie }) },
    })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    const location = response.headers.get('location')
    return {
      url: url.href,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      leftFor: location !== null && !isWithin(location, this.origin) ? location : null,
    }
  }

  /** Fills in the sign-in page. */
  signIn(page: Shown, { handle, password }: Person): Promise<Shown> {
    return this.submit(formTo(page, '/sign-in'), { login: handle, password })
  }

  /** Presses Allow on the consent page. */
  allow(page: Shown): Promise<Shown> {
    return this.submit(formTo(page, '/consent'))
  }

  /** Presses Cancel, on whichever page. */
  cancel(page: Shown): Promise<Shown> {
    return this.submit({ ...formTo(page, '/cancel'), action: '/cancel' })
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(at + 1))
  }
}

const isWithin = (location: string, origin: string): boolean =>
  new URL(location, origin).origin === origin || location.startsWith('/')

/** A browser in which someone has signed in. */
export async function signedIn(origin: string, person: Person = nova): Promise<Browser> {
  const browser = new Browser(origin)
  await browser.signIn(await browser.open('/sign-in'), person)
  return browser
}

/** The form of a page that goes to this path, by its action or one of its buttons. */
export function formTo(page: Shown, path: string): Form {
  const form = formsOf(page.text).find(
    ({ action, formActions }) => action === path || formActions.includes(path),
  )
  if (form === undefined)
    throw new Error(`No form to ${path} on ${page.url}, status ${page.status}: ${wordsOf(page)}`)
  return form
}

/** What a page says, without its markup. */
export function wordsOf(page: Shown): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(page.text)?.[1] ?? page.text
  return decoded(main.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ')
}

function formsOf(html: string): Form[] {
  return Array.from(html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs), ([, tag = '', inside = '']) => ({
    action: attribute(tag, 'action'),
    formActions: Array.from(inside.matchAll(/<button\b[^>]*>/g), ([button]) =>
      attribute(button, 'formaction'),
    ),
    fields: Object.fromEntries([
      ...Array.from(inside.matchAll(/<input\b(?:[^>"]|"[^"]*")*>/g), ([input]) => input)
        .filter((input) => !/type="(?:file|checkbox)"/.test(input))
        .filter((input) => !/type="radio"/.test(input) || /\schecked\b/.test(input))
        .map((input) => [attribute(input, 'name'), attribute(input, 'value')]),
      ...Array.from(inside.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs), ([, area = '', text = '']) => [
        attribute(area, 'name'),
        decoded(text),
      ]),
    ]),
  }))
}

const attribute = (tag: string, name: string): string =>
  decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

/** Text as a browser reads it out of HTML. */
export const decoded = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
