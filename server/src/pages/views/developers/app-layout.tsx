import type { ComponentChildren } from 'preact'
import { Avatar } from '../avatar.tsx'
import { memberLayout } from '../member-layout.tsx'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { type AppTab, AppTabs } from './app-tabs.tsx'
import type { ListedApp } from './apps.tsx'

interface AppFrame {
  readonly page: Page
  readonly app: ListedApp
  readonly tab: AppTab
  /** What was done just before. */
  readonly done?: string | null
  readonly hasMistakes?: boolean
  readonly children: ComponentChildren
}

/** Renders a page of one app, with its name and the way to its other pages on top. */
export function appLayout({ page, app, tab, done = null, hasMistakes = false, children }: AppFrame): string {
  return memberLayout({
    page,
    title: hasMistakes ? `Error: ${tab}` : `Your app: ${tab}`,
    room: 'developers',
    children: (
      <>
        <div class="line">
          <Avatar url={app.logo} name={app.name} kind="app" />
          <h1>
            <Name text={app.name} />
          </h1>
        </div>
        <AppTabs app={app} current={tab} />
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
