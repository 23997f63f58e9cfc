/** What redirect URIs are for. */
export const redirectSets = ['development', 'production'] as const

/** `development` is the developer's own machine; `production` the web, or a scheme of the app's own. */
export type RedirectSet = (typeof redirectSets)[number]

/** The redirect URIs of an app by what they are for. */
export type RedirectSets = Readonly<Record<RedirectSet, readonly string[]>>

/** The field of a form that each set is typed in. */
export const redirectFields: Readonly<Record<RedirectSet, string>> = {
  development: 'development_uris',
  production: 'redirect_uris',
}

/** A value for each set. */
export const redirectSetsBy = <Value,>(value: (set: RedirectSet) => Value): Record<RedirectSet, Value> => ({
  development: value('development'),
  production: value('production'),
})

/** What is still to do before people use an app. */
export function GoingLive({ apiKey, sets }: { apiKey: string; sets: RedirectSets }) {
  const steps = [
    {
      isDone: sets.production.length > 0,
      field: redirectFields.production,
      name: 'Register a redirect URI for production',
      todo: 'The https address, or the scheme of your app, that people come back to.',
    },
    {
      isDone: sets.development.length === 0,
      field: redirectFields.development,
      name: 'Keep development out of it',
      todo: 'Addresses of your own machine are registered: create another app for production, with a key of its own.',
    },
  ]
  return (
    <ol class="checklist">
      {steps.map(({ isDone, field, name, todo }) => (
        <li key={name} class={isDone ? 'step ticked' : 'step'}>
          <strong>{name}</strong>
          <span class="quiet">
            {isDone ? 'Done.' : `To do. ${todo}`}{' '}
            {!isDone && <a href={`/developers/${apiKey}#${field}`}>Redirect URIs</a>}
          </span>
        </li>
      ))}
    </ol>
  )
}
