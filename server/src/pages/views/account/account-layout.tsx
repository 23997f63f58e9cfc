import type { ComponentChildren } from 'preact'
import { memberLayout } from '../member-layout.tsx'
import type { Page } from '../page.ts'

const tabs = [
  ['/account', 'Profile'],
  ['/account/security', 'Security'],
  ['/account/tracks', 'My tracks'],
  ['/account/playlists', 'Playlists'],
  ['/account/library', 'Library'],
  ['/account/apps', 'Apps'],
  ['/account/data', 'Your data'],
] as const

interface AccountFrame {
  readonly page: Page
  readonly tab: (typeof tabs)[number][1]
  /** What was done just before. */
  readonly done?: string | null
  readonly hasMistakes?: boolean
  /** What this page needs beyond what all need. */
  readonly head?: ComponentChildren
  readonly children: ComponentChildren
}

/** Renders a page of the account, with the way to its others on top. */
export function accountLayout({
  page,
  tab,
  done = null,
  hasMistakes = false,
  head,
  children,
}: AccountFrame): string {
  return memberLayout({
    page,
    title: hasMistakes ? `Error: ${tab}` : tab,
    room: 'account',
    head,
    children: (
      <>
        <h1>Your account</h1>
        <nav class="tabs" aria-label="Your account">
          {tabs.map(([path, name]) => (
            <a key={path} href={path} aria-current={name === tab ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        {done !== null && (
          <p class="done" role="status">
            {done}
          </p>
        )}
        {children}
      </>
    ),
  })
}
