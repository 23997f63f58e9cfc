import type { ComponentChildren } from 'preact'
import { layout } from './layout.tsx'
import type { Page } from './page.ts'

interface MemberFrame {
  readonly page: Page
  /** Names the page in the browser's tab; never text that an app chose. */
  readonly title: string
  /** Which of the doors in the bar this page is behind. */
  readonly room: 'developers' | 'account'
  /** What this page needs beyond what all need. */
  readonly head?: ComponentChildren
  readonly children: ComponentChildren
}

/** Renders a page for who is signed in, with the way to the others on top. */
export function memberLayout({ page, title, room, head, children }: MemberFrame): string {
  const door = (name: MemberFrame['room'], text: string) => (
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
        {door('account', 'Account')}
        {door('developers', 'Developers')}
        <a href="/sign-out">Sign out</a>
      </nav>
    ),
    children,
  })
}
