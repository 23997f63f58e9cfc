import { registrableForms } from '../../apps/registrable-form.ts'
import type { AppFault, FactsForm } from '../../apps/rules.ts'
import type { App } from '../../store/contract/store.ts'
import type { MemberForm } from '../forms/form.ts'
import type { AppMistakes, AppValues } from '../views/developers/app-fields.tsx'
import { factFields, factsBy } from '../views/developers/fact-fields.tsx'

/** What the form of an app holds before anything is typed. */
export const valuesOf = ({ name, description, facts, redirectUris }: App): AppValues => ({
  name,
  description: description ?? '',
  facts: factsBy((name) => facts[name] ?? ''),
  redirectUris: redirectUris.join('\n'),
})

/** Reads what was typed. A line whose other form was chosen stands there in that form. */
export function typedIn(form: MemberForm, prefix: '' | 'was_' = ''): AppValues {
  const chosen = prefix === '' ? form.get('use') : undefined
  return {
    name: (form.get(`${prefix}name`) ?? '').trim(),
    description: (form.get(`${prefix}description`) ?? '').trim(),
    facts: factsBy((name) => (form.get(prefix + factFields[name]) ?? '').trim()),
    redirectUris: linesOf(form.get(`${prefix}redirect_uris`) ?? '')
      .flatMap((uri) => (uri === chosen ? orItself(registrableForms(uri), uri) : [uri]))
      .join('\n'),
  }
}

const orItself = (forms: readonly string[], uri: string): readonly string[] =>
  forms.length > 0 ? forms : [uri]

/** The redirect URIs of a text that has one a line. */
export const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What was typed of what an app says of itself, where that is something else than before. */
export const changedFacts = (typed: AppValues['facts'], was: AppValues['facts']): FactsForm =>
  factsBy((name) => (typed[name] === was[name] ? undefined : typed[name]))

/** What is wrong, by field. */
export function mistakesOf(faults: readonly AppFault[]): AppMistakes {
  const words = (field: AppFault['field']) =>
    faults.find((fault) => fault.field === field && fault.uri === undefined)?.words
  return {
    name: words('name'),
    description: words('description'),
    logo: words('logo'),
    facts: factsBy(words),
    redirectUris: words('redirectUris'),
    uris: faults.flatMap(({ uri, words, instead }) =>
      uri === undefined ? [] : [{ uri, words, instead: instead ?? [] }],
    ),
  }
}

/** What is wrong with nothing. */
export const noMistakes: AppMistakes = mistakesOf([])
