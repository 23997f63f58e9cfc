import type { ComponentChildren } from 'preact'
import { contactHref, type FactName, factNames } from '../../apps/app-facts.ts'
import type { AppFacts } from '../../store/contract/store.ts'

const words: Record<FactName, string> = {
  tosUri: 'terms',
  policyUri: 'privacy',
  clientUri: 'website',
  contact: 'contact',
}

/** What an app says of itself, as links that leave the page where it is; nothing where it says nothing. */
export function AppLinks({ facts, children }: { facts: AppFacts; children: ComponentChildren }) {
  const links = factNames.flatMap((name) => {
    const value = facts[name]
    if (value === null) return []
    return [{ text: words[name], href: name === 'contact' ? contactHref(value) : value }]
  })
  if (links.length === 0) return null
  return (
    <p class="quiet">
      {children}’s{' '}
      {links.map(({ text, href }, at) => (
        <>
          {at > 0 && ' · '}
          <a href={href} target="_blank" rel="noreferrer">
            {text}
          </a>
        </>
      ))}
    </p>
  )
}
