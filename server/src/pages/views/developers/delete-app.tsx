import { HiddenFields } from '../form.tsx'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'

/** The page that asks whether an app is to be deleted. */
export function deleteAppPage({ page, app, csrf }: { page: Page; app: ListedApp; csrf: string }): string {
  return appLayout({
    page,
    app,
    tab: 'Overview',
    children: (
      <>
        <h2>
          Delete <Name text={app.name} />?
        </h2>
        <ul>
          <li>Its key stops working, and nobody can log in with it again.</li>
          <li>Everybody who is logged in is signed out at once, and has allowed it nothing any more.</li>
          <li>What was uploaded with it stays with the people who uploaded it.</li>
        </ul>
        <p>This cannot be undone.</p>
        <form method="post" action={`/developers/${app.apiKey}/delete`}>
          <HiddenFields hidden={{ request: null, next: null, csrf }} />
          <div class="actions">
            <a class="button" href={`/developers/${app.apiKey}`}>
              Keep it
            </a>
            <button type="submit" class="danger">
              Delete it
            </button>
          </div>
        </form>
      </>
    ),
  })
}
