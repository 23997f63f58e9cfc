/** What the helper uses of Playwright's `Page`, in any of its packages and versions. */
export interface PlaywrightPage {
  /** Its URL. */
  url(): string
  /** Whether it is closed. */
  isClosed(): boolean
  /**
   * Waits for a popup that it opens.
   *
   * @param event Its name.
   */
  waitForEvent(event: 'popup'): Promise<PlaywrightPage>
  /**
   * Waits for what becomes of it.
   *
   * @param event Its name.
   */
  waitForEvent(event: 'close' | 'domcontentloaded'): Promise<unknown>
  /**
   * Waits until it is where a test says.
   *
   * @param url The test.
   */
  waitForURL(url: (url: URL) => boolean): Promise<unknown>
  /**
   * A field.
   *
   * @param text Its label.
   */
  getByLabel(text: string): PlaywrightLocator
  /**
   * A button.
   *
   * @param role What it is.
   * @param options Its whole name.
   */
  getByRole(role: 'button', options: { name: string; exact: boolean }): PlaywrightLocator
  /**
   * What it says went wrong.
   *
   * @param role What it is.
   */
  getByRole(role: 'alert'): PlaywrightLocator
}

/** What the helper uses of Playwright's `Locator`. */
export interface PlaywrightLocator {
  /**
   * Fills a field in.
   *
   * @param value With what.
   */
  fill(value: string): Promise<void>
  /**
   * Presses a key on it.
   *
   * @param key Its name.
   */
  press(key: string): Promise<void>
  /** Waits until it is shown. */
  waitFor(): Promise<void>
  /** Its words. */
  textContent(): Promise<string | null>
}

/** Who logs in, and what on the app's page begins it. */
export interface PlaywrightLogin {
  /** Clicks what calls `login()`. */
  readonly click: () => Promise<unknown>
  /** The handle or email of an account of the server. */
  readonly handle: string
  /** That account's password. */
  readonly password: string
  /** As the app passes it to `login()`; `popup` by default. */
  readonly display?: 'popup' | 'fullScreen' | undefined
}

/**
 * Logs a page in at a Stagedoor server, as a person would: clicks, signs in, and allows the app; what the server does not
 * ask is left out. Resolves when the popup has closed or the page is back in the app, whose session may come a moment
 * later.
 *
 * @param page The app's page.
 * @param login Who logs in, and how.
 * @throws Error with the server's words when it refuses the sign-in.
 */
export async function logInWithPlaywright(
  page: PlaywrightPage,
  { click, handle, password, display = 'popup' }: PlaywrightLogin,
): Promise<void> {
  const { origin } = new URL(page.url())
  if (display === 'popup') {
    const [popup] = await Promise.all([page.waitForEvent('popup'), click()])
    const closed = popup.isClosed() ? Promise.resolve() : popup.waitForEvent('close')
    await answer(popup, closed, handle, password)
  } else {
    // Where nothing is asked, the first page to load is the app's own again.
    await Promise.all([page.waitForEvent('domcontentloaded'), click()])
    await answer(
      page,
      page.waitForURL((url) => url.origin === origin),
      handle,
      password,
    )
  }
}

async function answer(
  page: PlaywrightPage,
  end: Promise<unknown>,
  handle: string,
  password: string,
): Promise<void> {
  const secret = page.getByLabel('Password')
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  const refusal = page.getByRole('alert')
  const over = end.then(() => 'over' as const)
  const shown = <Name extends string>(name: Name, element: PlaywrightLocator) =>
    element.waitFor().then(() => name)

  let next: 'over' | 'sign-in' | 'allow' | 'refused' = await first([
    over,
    shown('sign-in', secret),
    shown('allow', allow),
  ])
  if (next === 'sign-in') {
    await page.getByLabel('Email or handle').fill(handle)
    await secret.fill(password)
    await press(page, page.getByRole('button', { name: 'Sign in', exact: true }))
    next = await first([over, shown('allow', allow), shown('refused', refusal)])
  }
  if (next === 'refused') throw new Error(`The server refused the sign-in: ${await refusal.textContent()}`)
  if (next === 'allow') await press(page, allow)
  await over
}

/** What comes first; the others are waited for in vain, and may fail. */
function first<T>(events: readonly Promise<T>[]): Promise<T> {
  return Promise.any(events).catch((cause) => {
    throw new Error('The server’s page shows no sign-in, no question and no answer.', { cause })
  })
}

/** Presses a button after which the page may close, before the press has ended too. */
async function press(page: PlaywrightPage, button: PlaywrightLocator): Promise<void> {
  try {
    // From the keyboard the button takes its press at once.
    await button.press('Enter')
  } catch (error) {
    if (!page.isClosed()) throw error
  }
}
