import { contactHref, type FactName, factNames } from '../apps/app-facts.ts'
import type { AppFacts } from '../store/contract/store.ts'
import type { Link } from './views/page.ts'

const words: Record<FactName, string> = {
  tosUri: 'terms',
  policyUri: 'privacy',
  clientUri: 'website',
  contact: 'contact',
}

/** What an app says of itself, as links in the order in which people are shown them. */
export const linksOf = (facts: AppFacts): readonly Link[] =>
  factNames.flatMap((name) => {
    const value = facts[name]
    if (value === null) return []
    return [{ text: words[name], href: name === 'contact' ? contactHref(value) : value }]
  })
