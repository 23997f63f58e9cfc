import { Field, Mistakes, PasskeyInstead } from '../form.tsx'
import { layout } from '../layout.tsx'
import type { Page } from '../page.ts'
import { accountLayout } from './account-layout.tsx'
import { ImportSection, type LastImport } from './import.tsx'

/** What is wrong with each field, in words for the person. */
export interface DataMistakes {
  readonly archive?: string
  readonly handle?: string
  readonly password?: string
}

interface Data {
  readonly page: Page
  readonly handle: string
  readonly trackCount: number
  readonly appCount: number
  readonly hasPasskeys: boolean
  /** What was typed to confirm. */
  readonly typed: string
  readonly mistakes: DataMistakes
  readonly done: string | null
  /** What begins to be downloaded at once, by the last part of its address. */
  readonly download: string | null
  readonly lastImport: LastImport | undefined
  readonly csrf: string
}

/** The page on which a person takes their data with them, or leaves. */
export function dataPage(data: Data): string {
  const { page, handle, trackCount, appCount, hasPasskeys, typed, mistakes, done, download, csrf } = data
  const wrong = (['archive', 'handle', 'password'] as const).flatMap((name) =>
    mistakes[name] ? [[name, mistakes[name]] as const] : [],
  )
  return accountLayout({
    page,
    tab: 'Your data',
    done,
    head: download !== null && <meta http-equiv="refresh" content={`0; url=/account/data/${download}`} />,
    hasMistakes: wrong.length > 0,
    children: (
      <>
        <Mistakes mistakes={wrong} />
        <section class="entry">
          <h2>Take your data with you</h2>
          <p>
            One JSON file with your profile, email, tracks and the addresses of their files, playlists,
            library, apps and sign-ins; or an archive (tar) with the files themselves, the audio as you
            uploaded it. Neither holds a password or a token.
          </p>
          <div class="stack">
            <a class="button" href="/account/data/export">
              Download your data
            </a>
            <a class="button" href="/account/data/archive">
              Download it with audio and pictures
            </a>
          </div>
        </section>
        <ImportSection last={data.lastImport} error={mistakes.archive} csrf={csrf} />
        <section class="entry">
          <h2>Delete your account</h2>
          <p>This cannot be undone. At once and for good:</p>
          <ul>
            <li>You are signed out everywhere, and every app loses its access.</li>
            <li>
              {trackCount === 0
                ? 'Tracks that you have published are deleted, with their files.'
                : `Your tracks are deleted, ${trackCount === 1 ? 'one of them public' : `${trackCount} of them public`}, with their files. Nobody can play them any more.`}
            </li>
            <li>Your profile, email, pictures, playlists, comments and library are deleted.</li>
            {appCount > 0 && (
              <li>
                {appCount === 1
                  ? 'The app that you registered stops'
                  : `The ${appCount} apps that you registered stop`}{' '}
                working for everyone.
              </li>
            )}
            <li>
              <bdi>@{handle}</bdi> stays reserved, so that nobody else can pass for you.
            </li>
          </ul>
          <form method="post" action="/account/delete">
            <input type="hidden" name="csrf" value={csrf} />
            <Field
              name="handle"
              label="Type your handle to confirm"
              kind="handle"
              autocomplete="off"
              value={typed}
              hint={`@${handle}`}
              error={mistakes.handle}
            />
            <Field
              name="password"
              label="Password"
              kind="password"
              autocomplete="current-password"
              error={mistakes.password}
            />
            <div class="stack">
              <button type="submit" class="danger">
                Delete my account
              </button>
              <PasskeyInstead isOffered={hasPasskeys} />
            </div>
          </form>
        </section>
      </>
    ),
  })
}

/** The page that says that an account is gone. */
export function deletedPage({ page }: { page: Page }): string {
  return layout({
    page,
    title: 'Account deleted',
    children: (
      <>
        <h1>Your account is deleted</h1>
        <p>You are signed out everywhere, and no app has access any more. The files go within minutes.</p>
        <div class="stack">
          <a class="button" href="/">
            Go to the start page
          </a>
        </div>
      </>
    ),
  })
}
