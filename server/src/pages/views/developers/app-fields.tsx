import type { ComponentChildren } from 'preact'
import { visible } from '../escape-invisible.ts'
import { Field, Mistakes } from '../form.tsx'
import { type FactName, factMistakes } from './fact-fields.tsx'
import { type RedirectSet, redirectFields } from './redirect-sets.tsx'

/** What the form of an app holds, as typed. */
export interface AppValues {
  readonly name: string
  readonly description: string
  readonly facts: Record<FactName, string>
  /** Those of each set, one a line. */
  readonly redirectUris: Record<RedirectSet, string>
}

/** What is wrong with each field, in words for the developer. */
export interface AppMistakes {
  readonly name: string | undefined
  readonly description: string | undefined
  readonly logo: string | undefined
  readonly facts: Record<FactName, string | undefined>
  readonly redirectUris: string | undefined
  /** The redirect URIs that break a rule, the field that each stands in, and what may be registered in its place. */
  readonly uris: readonly {
    readonly set: RedirectSet
    readonly uri: string
    readonly words: string
    readonly instead: readonly string[]
  }[]
}

const linesOf = ({ name, description, logo, facts, redirectUris, uris }: AppMistakes) => [
  ...(name ? [['name', name] as const] : []),
  ...(description ? [['description', description] as const] : []),
  ...(logo ? [['logo', logo] as const] : []),
  ...factMistakes(facts),
  ...(redirectUris ? [['redirect_uris', redirectUris] as const] : []),
  ...uris.map(({ set, uri, words }) => [redirectFields[set], `${visible(brief(uri))}: ${words}`] as const),
]

/** Whether anything is wrong. */
export const hasMistakes = (mistakes: AppMistakes): boolean => linesOf(mistakes).length > 0

/** What is wrong with an app, on top of its form. */
export const AppAlert = ({ mistakes }: { mistakes: AppMistakes }) => <Mistakes mistakes={linesOf(mistakes)} />

/** The name of an app. */
export const NameField = ({ values, mistakes }: { values: AppValues; mistakes: AppMistakes }) => (
  <Field
    name="name"
    label="Name"
    kind="words"
    autocomplete="off"
    value={values.name}
    hint="People see it when your app asks for their account. It may not look like that of another."
    error={mistakes.name}
  />
)

/** The redirect URIs of an app: a field for each set, one a line. */
export const RedirectUriFields = ({ values, mistakes }: { values: AppValues; mistakes: AppMistakes }) => (
  <>
    <Field
      name={redirectFields.development}
      label="Redirect URIs for development"
      kind="lines"
      isOptional
      autocomplete="off"
      value={values.redirectUris.development}
      hint="Where logins return while you build, on your own machine: http://localhost:… One a line, exactly as your app sends it."
      error={errorOf('development', mistakes)}
    />
    <Field
      name={redirectFields.production}
      label="Redirect URIs for production"
      kind="lines"
      isOptional
      autocomplete="off"
      value={values.redirectUris.production}
      hint="Where everybody’s logins return: https://…, or a scheme of your app such as myapp://callback. While there is none, only you can log in, on your own machine."
      error={errorOf('production', mistakes)}
    />
  </>
)

/** Buttons that send the form with what may be registered in the place of a redirect URI. */
export const OtherForms = ({ mistakes }: { mistakes: AppMistakes }) => (
  <>
    {mistakes.uris.map(
      ({ uri, instead }) =>
        instead.length > 0 && (
          <button key={uri} type="submit" name="use" value={uri}>
            <span>
              Use{' '}
              {instead.map((form, at) => (
                <>
                  {at > 0 && ' and '}
                  <code>{form}</code>
                </>
              ))}
            </span>
          </button>
        ),
    )}
  </>
)

function errorOf(set: RedirectSet, { redirectUris, uris }: AppMistakes): ComponentChildren {
  const own = uris.filter((mistake) => mistake.set === set)
  if (own.length === 0) return set === 'production' ? redirectUris : undefined
  if (own.length === 1) return own[0]?.words
  return own.map(({ uri, words }) => (
    <span key={uri} class="line-fault">
      <code>{visible(brief(uri))}</code>: {words}
    </span>
  ))
}

const brief = (uri: string): string => (uri.length > 80 ? `${uri.slice(0, 80).toWellFormed()}…` : uri)
