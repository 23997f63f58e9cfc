import type { ComponentChildren } from 'preact'
import type { Link } from './page.ts'

/** What an app says of itself, as links that leave the page where it is; nothing where it says nothing. */
export function AppLinks({ links, children }: { links: readonly Link[]; children: ComponentChildren }) {
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
