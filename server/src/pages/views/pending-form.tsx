import { layout } from './layout.tsx'
import type { Page } from './page.ts'

interface HeldForm {
  readonly page: Page
  /** Where the form was sent. */
  readonly action: string
  /** What was typed, by its names, and the form's token. */
  readonly fields: readonly (readonly [string, string])[]
  /** What of it is not kept. */
  readonly without: 'passwords' | 'pictures' | null
  /** The handle of who is signed in instead of its sender. */
  readonly signedInAs: string | null
  /** Whether it was shown to nobody who is known: then whoever is signed in may go on with it. */
  readonly isOld: boolean
}

/** The page that keeps a form whose sender is no longer signed in. */
export function heldFormPage({ page, action, fields, without, signedInAs, isOld }: HeldForm): string {
  const again = (words: string, rank?: 'primary') => (
    <form method="post" action={action}>
      {fields.map(([name, value], index) => (
        <input key={`${index} ${name}`} type="hidden" name={name} value={value} />
      ))}
      <div class="stack">
        <button type="submit" class={rank}>
          {words}
        </button>
      </div>
    </form>
  )
  if (isOld && signedInAs !== null)
    return layout({
      page,
      title: 'Go on?',
      children: (
        <>
          <h1>This page was opened before you signed in</h1>
          <p>
            Nothing was changed yet. You are signed in as <bdi>@{signedInAs}</bdi> by now, and what you typed
            is kept on this page{without && `, but for ${without}`}.
          </p>
          {again(`Go on as @${signedInAs}`, 'primary')}
        </>
      ),
    })
  return layout({
    page,
    title: 'Sign in again',
    children: (
      <>
        <h1>{signedInAs === null ? 'You are signed out' : 'You switched accounts'}</h1>
        {signedInAs !== null && (
          <p>
            You are signed in as <bdi>@{signedInAs}</bdi> by now, and filled this form in as somebody else.
          </p>
        )}
        <p>
          Nothing was changed yet. Sign in {signedInAs === null ? '' : 'as before '}in a new tab, come back
          here and go on: what you typed is kept on this page{without && `, but for ${without}`}.
        </p>
        <div class="stack">
          <a class="button primary" href="/sign-in" target="_blank" rel="noopener">
            Sign in in a new tab
          </a>
        </div>
        {again('I have signed in: go on')}
      </>
    ),
  })
}
