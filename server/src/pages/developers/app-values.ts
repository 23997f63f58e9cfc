import { registrableForms } from '../../apps/registrable-form.ts'
import type { AppFault, FactsForm } from '../../apps/rules.ts'
import type { App } from '../../store/contract/store.ts'
import type { MemberForm } from '../forms/form.ts'
import type { AppMistakes, AppValues } from '../views/developers/app-fields.tsx'
import { factFields, factsBy } from '../views/developers/fact-fields.tsx'
import { type RedirectSet, redirectFields, redirectSetsBy } from '../views/developers/redirect-sets.tsx'
import { redirectSetsOf } from './redirect-sets.ts'

/** What the form of an app holds before anything is typed. */
export function valuesOf({ name, description, facts, redirectUris }: App): AppValues {
  const sets = redirectSetsOf(redirectUris)
  return {
    name,
    description: description ?? '',
    facts: factsBy((name) => facts[name] ?? ''),
    redirectUris: redirectSetsBy((set) => sets[set].join('\n')),
  }
}

/** Reads what was typed. A line whose other form was chosen stands there in that form. */
export function typedIn(form: MemberForm, prefix: '' | 'was_' = ''): AppValues {
  const chosen = prefix === '' ? form.get('use') : undefined
  return {
    name: (form.get(`${prefix}name`) ?? '').trim(),
    description: (form.get(`${prefix}description`) ?? '').trim(),
    facts: factsBy((name) => (form.get(prefix + factFields[name]) ?? '').trim()),
    redirectUris: redirectSetsBy((set) =>
      linesOf(form.get(prefix + redirectFields[set]) ?? '')
        .flatMap((uri) => (uri === chosen ? orItself(registrableForms(uri), uri) : [uri]))
        .join('\n'),
    ),
  }
}

const orItself = (forms: readonly string[], uri: string): readonly string[] =>
  forms.length > 0 ? forms : [uri]

/** The redirect URIs of both fields: a line counts for what it is, whichever field it was typed in. */
export const redirectUrisOf = ({ redirectUris }: AppValues): readonly string[] => [
  ...new Set([...linesOf(redirectUris.production), ...linesOf(redirectUris.development)]),
]

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What was typed of what an app says of itself, where that is something else than before. */
export const changedFacts = (typed: AppValues['facts'], was: AppValues['facts']): FactsForm =>
  factsBy((name) => (typed[name] === was[name] ? undefined : typed[name]))

/** What is wrong with what was typed, by field. */
export function mistakesOf(faults: readonly AppFault[], { redirectUris }: AppValues): AppMistakes {
  const setOf = (uri: string): RedirectSet =>
    linesOf(redirectUris.development).includes(uri) ? 'development' : 'production'
  const words = (field: AppFault['field']) =>
    faults.find((fault) => fault.field === field && fault.uri === undefined)?.words
  return {
    name: words('name'),
    description: words('description'),
    logo: words('logo'),
    facts: factsBy(words),
    redirectUris: words('redirectUris'),
    uris: faults.flatMap(({ uri, words, instead }) =>
      uri === undefined ? [] : [{ set: setOf(uri), uri, words, instead: instead ?? [] }],
    ),
  }
}

/** What a form holds that nobody has filled in: where the development servers of most web apps listen. */
export const emptyValues: AppValues = {
  name: '',
  description: '',
  facts: factsBy(() => ''),
  redirectUris: { production: '', development: 'http://localhost:5173/' },
}

/** What is wrong with nothing. */
export const noMistakes: AppMistakes = mistakesOf([], emptyValues)
