import type { ComponentChildren } from 'preact'
import { Avatar } from './avatar.tsx'
import { Name } from './name.tsx'
import type { Person } from './page.ts'

/** One line that says whose account this is, with room for a link below the name. */
export function PersonLine({ person, children }: { person: Person; children?: ComponentChildren }) {
  return (
    <div class="line">
      <Avatar url={person.picture} name={person.name || person.handle} kind="person" />
      <div>
        <p>
          <strong>
            <Name text={person.name} />
          </strong>{' '}
          {person.isVerified && <Verified />}
        </p>
        <p class="quiet">
          <bdi>@{person.handle}</bdi>
        </p>
        {children}
      </div>
    </div>
  )
}

/** The badge of an account whose owner has been checked. */
export function Verified() {
  return (
    <svg class="verified" viewBox="0 0 16 16" role="img" aria-label="Verified">
      <circle cx="8" cy="8" r="8" />
      <path d="m4.6 8.3 2.3 2.3 4.5-4.8" />
    </svg>
  )
}
