import { visible } from '../escape-invisible.ts'
import { Field, Mistakes } from '../form.tsx'
import { type FactName, factMistakes } from './fact-fields.tsx'

/** What the form of an app holds, as typed. */
export interface AppValues {
  readonly name: string
  readonly description: string
  readonly facts: Record<FactName, string>
  /** One a line. */
  readonly redirectUris: string
}

/** What is wrong with each field, in words for the developer. */
export interface AppMistakes {
  readonly name: string | undefined
  readonly description: string | undefined
  readonly logo: string | undefined
  readonly facts: Record<FactName, string | undefined>
  readonly redirectUris: string | undefined
  /** The redirect URIs that break a rule, and what may be registered in the place of each. */
  readonly uris: readonly {
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
  ...uris.map(({ uri, words }) => ['redirect_uris', `${visible(brief(uri))}: ${words}`] as const),
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

/** The redirect URIs of an app, one a line. */
export const RedirectUrisField = ({ values, mistakes }: { values: AppValues; mistakes: AppMistakes }) => (
  <Field
    name="redirect_uris"
    label="Redirect URIs"
    kind="lines"
    isOptional
    autocomplete="off"
    value={values.redirectUris}
    hint="Where people return after logging in, one a line and exactly as your app sends it: https://…, http://localhost:…, or a scheme of your app such as myapp://callback. Up to 50."
    error={errorOf(mistakes)}
  />
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

function errorOf({ redirectUris, uris }: AppMistakes): string | undefined {
  if (redirectUris !== undefined || uris.length === 0) return redirectUris
  return uris.length === 1
    ? uris[0]?.words
    : `${uris.length} of these cannot be registered: see the list on top.`
}

const brief = (uri: string): string => (uri.length > 80 ? `${uri.slice(0, 80).toWellFormed()}…` : uri)
