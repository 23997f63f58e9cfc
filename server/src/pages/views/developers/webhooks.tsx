import { Field, Mistakes } from '../form.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'
import { CopyButton } from './copied.tsx'
import type { ShownOnce } from './shown-once.ts'

/** What the form of a webhook holds, and what came of it. */
export interface WebhookForm {
  /** The address as it was typed; null for the one that is set. */
  readonly typed: string | null
  readonly mistake: string | null
  /** The secret that was just made. */
  readonly secret: ShownOnce
  /** The address for logouts as it was typed; null for the one that is set. */
  readonly logoutUri: string | null
  readonly logoutMistake: string | null
}

/** A message in the list of its app's developer. */
export interface ListedDelivery {
  readonly id: number
  readonly event: string
  /** When it was queued, for people and for programs. */
  readonly at: string
  readonly iso: string
  readonly attempts: number
  readonly dueAt: number | null
  readonly deliveredAt: number | null
  readonly status: number | null
  readonly fault: string | null
}

interface Webhooks {
  readonly page: Page
  readonly app: ListedApp
  readonly url: string | null
  /** Where ends of sessions are told; empty for nowhere, null where OpenID Connect is switched off. */
  readonly logoutUri: string | null
  readonly form: WebhookForm
  readonly deliveries: readonly ListedDelivery[]
  /** What tells this form from every other. */
  readonly nonce: string
  readonly done: string | null
  readonly csrf: string
}

/** The page of where an app is told what becomes of its people. */
export function webhooksPage(webhooks: Webhooks): string {
  const { page, app, url, logoutUri, form, deliveries, nonce, done, csrf } = webhooks
  const path = `/developers/${app.apiKey}/webhooks`
  const mistakes = [
    ...(form.mistake === null ? [] : [['url', form.mistake] as const]),
    ...(form.logoutMistake === null ? [] : [['logout_uri', form.logoutMistake] as const]),
  ]
  return appLayout({
    page,
    app,
    tab: 'Webhooks',
    done,
    hasMistakes: mistakes.length > 0,
    children: (
      <>
        <Mistakes mistakes={mistakes} />
        <Secret shown={form.secret} />
        <p>
          {page.brand} tells your server when the access of somebody ends, their account is deleted or their
          profile changes. Each message is signed, as{' '}
          <a href="https://www.standardwebhooks.com">Standard Webhooks</a> describes, and sent again until
          your server answers with a status from 200 to 299, for 32 hours.
        </p>
        <form method="post" action={path}>
          <input type="hidden" name="csrf" value={csrf} />
          {url === null && <input type="hidden" name="nonce" value={nonce} />}
          <Field
            name="url"
            label="Address"
            kind="url"
            autocomplete="off"
            value={form.typed ?? url ?? ''}
            hint="Where messages are posted to, such as https://example.com/webhooks."
            error={form.mistake ?? undefined}
          />
          <div class="stack">
            <button type="submit" class="primary">
              {url === null ? 'Set address' : 'Save address'}
            </button>
          </div>
        </form>
        {logoutUri !== null && (
          <Logouts uri={form.logoutUri ?? logoutUri} mistake={form.logoutMistake} path={path} csrf={csrf} />
        )}
        {(url !== null || deliveries.length > 0) && (
          <section class="entry">
            <h2>Messages</h2>
            {url !== null && <Action to={`${path}/test`} csrf={csrf} text="Send a test" />}
            {deliveries.length === 0 ? (
              <p>Nothing has been sent yet.</p>
            ) : (
              <ol class="log">
                {deliveries.map((delivery) => (
                  <Delivery key={delivery.id} delivery={delivery} path={path} csrf={csrf} />
                ))}
              </ol>
            )}
          </section>
        )}
        {url !== null && (
          <>
            <section class="entry">
              <h2>Secret</h2>
              <p>With another secret the one before signs nothing any more. It is shown once.</p>
              <Action to={path} csrf={csrf} text="Make another secret" fields={{ url, nonce }} />
            </section>
            <section class="entry">
              <h2>Stop</h2>
              <p>Your server is told nothing any more, and what waits is not sent.</p>
              <Action to={`${path}/remove`} csrf={csrf} text="Remove the webhook" />
            </section>
          </>
        )}
      </>
    ),
  })
}

function Logouts({ uri, mistake, path, csrf }: LogoutsProps) {
  return (
    <section class="entry">
      <h2>Logouts</h2>
      <form method="post" action={`${path}/logout`}>
        <input type="hidden" name="csrf" value={csrf} />
        <Field
          name="logout_uri"
          label="Back-channel logout address"
          kind="url"
          autocomplete="off"
          value={uri}
          hint="Where a logout token is posted to when somebody signs out whom your app knows by OpenID Connect. Leave it empty for none."
          error={mistake ?? undefined}
          isOptional
        />
        <div class="stack">
          <button type="submit">Save</button>
        </div>
      </form>
    </section>
  )
}

interface LogoutsProps {
  readonly uri: string
  readonly mistake: string | null
  readonly path: string
  readonly csrf: string
}

function Secret({ shown }: { shown: ShownOnce }) {
  if (shown === null) return null
  if (shown === 'shown before')
    return (
      <p class="warning">
        The secret was already shown, and is not shown again. If you did not copy it, make another one below.
      </p>
    )
  return (
    <>
      <p class="done" role="status">
        The webhook is set. Copy its secret now: it is not shown again.
      </p>
      <p class="key">
        <code id="webhook-secret">{shown.secret}</code>
        <CopyButton of="webhook-secret" what="the secret" />
      </p>
    </>
  )
}

function Action({ to, csrf, text, fields = {} }: ActionProps) {
  return (
    <form method="post" action={to}>
      <input type="hidden" name="csrf" value={csrf} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{text}</button>
    </form>
  )
}

interface ActionProps {
  readonly to: string
  readonly csrf: string
  readonly text: string
  readonly fields?: Readonly<Record<string, string>>
}

function Delivery({ delivery, path, csrf }: { delivery: ListedDelivery; path: string; csrf: string }) {
  const { id, event, iso, at, attempts, dueAt, deliveredAt } = delivery
  const [outcome, words] =
    deliveredAt !== null
      ? ['done', 'Arrived']
      : dueAt === null
        ? ['refused', 'Given up']
        : ['cancelled', 'Waiting']
  return (
    <li class="moment">
      <p class="event">
        <strong>{event}</strong>
        <span class={`outcome outcome-${outcome}`}>{words}</span>
        <time class="quiet" dateTime={iso}>
          {at}
        </time>
      </p>
      <p>
        {attempts === 0
          ? 'Not sent yet.'
          : `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}. ${came(delivery)}`}
      </p>
      {dueAt === null && (
        <Action to={`${path}/replay`} csrf={csrf} text="Send again" fields={{ delivery: String(id) }} />
      )}
    </li>
  )
}

const faults: Readonly<Record<string, string>> = {
  unresolved: 'Its host could not be found.',
  private: 'Its host is not on the public internet.',
  unreachable: 'Its host could not be reached.',
  late: 'It was not answered in ten seconds.',
  large: 'Its answer was too long.',
  busy: 'This server was too busy to send it.',
  removed: 'There is no address for it any more.',
  sealed: 'The secret can no longer be read here: make another.',
}

const came = ({ status, fault }: ListedDelivery): string =>
  status === null ? (faults[fault ?? ''] ?? 'Under way.') : `The last was answered with status ${status}.`
