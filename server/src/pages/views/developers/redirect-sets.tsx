import { visible } from '../escape-invisible.ts'

/** The redirect URIs of an app by what they are for. */
export interface RedirectSets {
  /** On the developer's own machine. */
  readonly development: readonly string[]
  /** On the web, or a scheme of the app's own. */
  readonly production: readonly string[]
}

/** Which redirect URIs are for development and which are for production, and what is missing. */
export function RedirectSetsWords({ sets: { development, production } }: { sets: RedirectSets }) {
  if (development.length + production.length === 0) return null
  return (
    <div class="sets">
      <p>
        <strong>For development</strong>, on your own machine:{' '}
        {development.length === 0 ? 'none.' : <Uris uris={development} />}
      </p>
      <p>
        <strong>For production</strong>:{' '}
        {production.length === 0 ? (
          'none yet, so nobody else can log in. Add the https address, or the scheme of your app, that people come back to.'
        ) : (
          <Uris uris={production} />
        )}
      </p>
    </div>
  )
}

function Uris({ uris }: { uris: readonly string[] }) {
  return (
    <>
      {uris.map((uri, at) => (
        <>
          {at > 0 && ', '}
          <code>{visible(uri)}</code>
        </>
      ))}
    </>
  )
}

/** What is still to do before people use an app. */
export function GoingLive({ apiKey, sets }: { apiKey: string; sets: RedirectSets }) {
  const steps = [
    {
      isDone: sets.production.length > 0,
      name: 'Register a redirect URI for production',
      todo: 'The https address, or the scheme of your app, that people come back to.',
    },
    {
      isDone: sets.development.length === 0,
      name: 'Keep development out of it',
      todo: 'Addresses of your own machine are registered: create another app for production, with a key of its own.',
    },
  ]
  return (
    <ol class="checklist">
      {steps.map(({ isDone, name, todo }) => (
        <li key={name} class={isDone ? 'step ticked' : 'step'}>
          <strong>{name}</strong>
          <span class="quiet">
            {isDone ? 'Done.' : `To do. ${todo}`}{' '}
            {!isDone && <a href={`/developers/${apiKey}#redirect_uris`}>Redirect URIs</a>}
          </span>
        </li>
      ))}
    </ol>
  )
}
