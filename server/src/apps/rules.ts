import type { AppFacts } from '../store/contract/store.ts'
import { type FactName, factNames, parseFact } from './app-facts.ts'
import { imitates, nameKey } from './display-name.ts'
import { nameFault } from './name-fault.ts'
import { redirectUriFault } from './redirect-uri.ts'
import { registrableForms } from './registrable-form.ts'

/** How many redirect URIs an app may have. */
export const maximumRedirectUris = 50

/** How many characters a description may have. */
export const maximumDescription = 300

/** What a developer says of an app; what is left out is not checked. */
export interface AppForm {
  readonly name?: string | undefined
  readonly description?: string | null | undefined
  readonly redirectUris?: readonly string[] | undefined
  readonly facts?: FactsForm | undefined
}

/** Each as typed; what is left out is not changed, an empty one is none. */
export type FactsForm = { readonly [Name in FactName]?: string | null | undefined }

/** What is wrong with what a developer says of an app, in words for them. */
export interface AppFault {
  readonly field: 'name' | 'description' | 'logo' | 'redirectUris' | FactName
  readonly words: string
  /** The redirect URI that breaks a rule, and what may be registered in its place. */
  readonly uri?: string
  readonly instead?: readonly string[]
}

/** Finds everything that may not be registered. */
export function appFaults(
  { name, description, redirectUris, facts }: AppForm,
  brand: string,
): readonly AppFault[] {
  return [
    ...(name === undefined ? [] : nameFaults(name, brand)),
    ...(description ? descriptionFaults(description) : []),
    ...(redirectUris === undefined ? [] : redirectUriFaults(redirectUris)),
    ...(facts === undefined ? [] : parseFacts(facts).faults),
  ]
}

/** What else an app can be refused for: only the store knows. */
export const appConflicts = {
  name: { field: 'name', words: 'Another app has this name, or one that reads like it.' },
  logo: { field: 'logo', words: 'Choose your logo again.' },
  redirectUris: {
    field: 'redirectUris',
    words: `An app may have ${maximumRedirectUris} redirect URIs at most.`,
  },
} as const satisfies Record<string, AppFault>

function nameFaults(name: string, brand: string): readonly AppFault[] {
  const fault = (words: string): readonly AppFault[] => [{ field: 'name', words }]
  const broken = nameFault(name)
  if (broken !== undefined) return fault(`The name ${broken}.`)
  if (nameKey(name) === '') return fault('The name must contain a letter or a digit.')
  if (imitates(name, brand))
    return fault(
      `The name reads as if the app were of ${brand} itself. Name it after what it does, such as “Uploader for ${brand}”.`,
    )
  return []
}

function descriptionFaults(description: string): readonly AppFault[] {
  const isText = !/(?![\t\n\r])[\p{Cc}\p{Cs}]|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(description)
  if (isText && [...description].length <= maximumDescription) return []
  const words = `The description must be text of up to ${maximumDescription} characters.`
  return [{ field: 'description', words }]
}

/** Finds what is wrong with each of these redirect URIs. */
export function redirectUriFaults(uris: readonly string[]): readonly AppFault[] {
  const distinct = [...new Set(uris)]
  if (distinct.length > maximumRedirectUris) return [appConflicts.redirectUris]
  return distinct.flatMap((uri) => {
    const fault = redirectUriFault(uri)
    if (fault === undefined) return []
    return [{ field: 'redirectUris', words: fault.words, uri, instead: registrableForms(uri) } as const]
  })
}

const factWords = {
  clientUri: 'The website',
  tosUri: 'The address of the terms',
  policyUri: 'The address of the privacy policy',
  contact: 'The contact',
} as const satisfies Record<FactName, string>

/** Reads what an app says of itself: what to keep of it, and everything that is wrong. */
export function parseFacts(typed: FactsForm): {
  readonly facts: Partial<AppFacts>
  readonly faults: readonly AppFault[]
} {
  const read = factNames.flatMap((name) => {
    const text = typed[name]
    return text === undefined ? [] : [{ name, parsed: parseFact(name, text ?? '') }]
  })
  return {
    facts: Object.fromEntries(
      read.flatMap(({ name, parsed }) => ('value' in parsed ? [[name, parsed.value]] : [])),
    ),
    faults: read.flatMap(({ name, parsed }) =>
      'words' in parsed ? [{ field: name, words: `${factWords[name]} ${parsed.words}` }] : [],
    ),
  }
}
