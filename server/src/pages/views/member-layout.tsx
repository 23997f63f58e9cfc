import type { ComponentChildren } from 'preact'
import { layout } from './layout.tsx'
import type { Page } from './page.ts'

interface MemberFrame {
  readonly page: Page
  /** Names the page in the browser's tab; never text that an app chose. */
  readonly title: string
  /** Which link of the bar is the page’s own. */
  readonly room: 'developers' | 'account'
  /** What this page needs beyond what all need. */
  readonly head?: ComponentChildren
  readonly children: ComponentChildren
}

/** Renders a page for who is signed in, with the way to the others on top. */
export function memberLayout({ page, title, room, head, children }: MemberFrame): string {
  const link = (name: MemberFrame['room'], text: string) => (
    <a href={`/${name}`} aria-current={room === name ? 'page' : undefined}>
      {text}
    </a>
  )
  return layout({
    page,
    title,
    kind: 'wide',
    head: (
      <>
        <link rel="stylesheet" href={page.memberStylesheet} />
        <script src={page.memberScript} defer />
        {head}
      </>
    ),
    bar: (
      <nav class="bar" aria-label="Your pages">
        {link('account', 'Account')}
        {link('developers', 'Developers')}
        <a href="/sign-out">Sign out</a>
      </nav>
    ),
    children,
  })
}
