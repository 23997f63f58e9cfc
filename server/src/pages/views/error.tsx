import { Avatar } from './avatar.tsx'
import { visible } from './escape-invisible.ts'
import { layout } from './layout.tsx'
import type { Page } from './page.ts'
import type { Part, RedirectDifference } from './redirect-uri-diff.ts'

export type { Part, RedirectDifference } from './redirect-uri-diff.ts'

interface Problem {
  readonly page: Page
  readonly heading: string
  /** What happened. */
  readonly what: string
  readonly fault: 'app' | 'server' | 'person'
  /** What to do now. */
  readonly next: string
  /** Joins the page to its log line. */
  readonly requestId: string
  /** A redirect URI that is not registered. */
  readonly redirect: Unregistered | null
  /** Where to go on. */
  readonly link: { readonly href: string; readonly label: string } | null
}

/** How a redirect URI differs from the registered ones and, for the app's own developer, what would register it. */
export interface Unregistered {
  readonly difference: RedirectDifference
  readonly app: {
    readonly apiKey: string
    readonly name: string
    /** URL of its logo. */
    readonly logo: string | null
  }
  readonly offer: {
    /** The authorization request to begin again. */
    readonly query: string
    readonly csrf: string
    /** Why the redirect URI cannot be registered; null when it can. */
    readonly fault: string | null
  } | null
}

const blame = {
  app: 'The fault is in the app, not with you.',
  server: 'The fault is in this server, not with you.',
  person: 'Nothing is broken, and you can put this right yourself.',
}

/** The page that says what went wrong, whose fault it is and what to do. */
export function errorPage({ page, heading, what, fault, next, requestId, redirect, link }: Problem): string {
  return layout({
    page,
    title: heading,
    children: (
      <>
        {redirect && <Avatar url={redirect.app.logo} name={redirect.app.name} kind="app" />}
        <h1>{heading}</h1>
        <p>{visible(what)}</p>
        <p>{blame[fault]}</p>
        <h2>What to do next</h2>
        <p>{visible(next)}</p>
        {link && (
          <div class="stack">
            <a class="button" href={link.href}>
              {visible(link.label)}
            </a>
          </div>
        )}
        {redirect && <ForTheDeveloper {...redirect} />}
        <p class="trace">
          Request id <code>{requestId}</code>
        </p>
      </>
    ),
  })
}

function ForTheDeveloper({ difference, app: { apiKey }, offer }: Unregistered) {
  if (offer !== null)
    return (
      <section class="difference">
        <Difference difference={difference} />
        <Offer apiKey={apiKey} given={difference.given} offer={offer} />
      </section>
    )
  return (
    <details class="difference">
      <summary>For the developer</summary>
      <Difference difference={difference} />
      <p>
        If this is your app, <a href={`/developers/${apiKey}`}>open it in the developer portal</a> and
        register the address there.
      </p>
    </details>
  )
}

function Offer({
  apiKey,
  given,
  offer,
}: {
  apiKey: string
  given: string
  offer: NonNullable<Unregistered['offer']>
}) {
  if (offer.fault !== null)
    return (
      <p>
        The address sent cannot be registered. {offer.fault}{' '}
        <a href={`/developers/${apiKey}`}>Open your app</a>
      </p>
    )
  return (
    <form method="post" action={`/developers/${apiKey}/redirect-uris`}>
      <input type="hidden" name="redirect_uri" value={given} />
      <input type="hidden" name="authorization" value={offer.query} />
      <input type="hidden" name="csrf" value={offer.csrf} />
      <p class="warning">
        Register it only if the address is yours: whoever has it receives the logins of your app.
      </p>
      <div class="stack">
        <button type="submit" class="primary allow">
          Register it, and go on
        </button>
        <a class="button" href={`/developers/${apiKey}`}>
          Open your app
        </a>
      </div>
    </form>
  )
}

function Difference({ difference: { nearest, parts, explanations } }: { difference: RedirectDifference }) {
  return (
    <>
      <dl>
        <dt>The redirect URI sent</dt>
        <dd>
          <Uri parts={parts.given} />
        </dd>
        {nearest !== null && (
          <>
            <dt>The nearest registered</dt>
            <dd>
              <Uri parts={parts.nearest} />
            </dd>
          </>
        )}
      </dl>
      <ul>
        {explanations.map((sentence) => (
          <li key={sentence}>{visible(sentence)}</li>
        ))}
      </ul>
    </>
  )
}

function Uri({ parts }: { parts: readonly Part[] }) {
  return (
    <code dir="ltr">
      {parts.map(({ text, differs }) => (differs ? <mark>{visible(text)}</mark> : visible(text)))}
    </code>
  )
}
