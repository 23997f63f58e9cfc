import { Activity, type ActivityWords } from '../activity.tsx'
import { Field, HiddenFields } from '../form.tsx'
import type { Page } from '../page.ts'
import { PictureField } from '../picture-field.tsx'
import {
  AppAlert,
  type AppMistakes,
  type AppValues,
  hasMistakes,
  NameField,
  OtherForms,
  RedirectUriFields,
} from './app-fields.tsx'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'
import { ApiKey } from './copied.tsx'
import { FactFields, WereFacts } from './fact-fields.tsx'
import { Glance, type GlanceWords } from './glance.tsx'
import { redirectFields, redirectSets } from './redirect-sets.tsx'

/** What the form of an app holds. */
export interface AppTyped {
  readonly values: AppValues
  /** What the form held when it was first shown: only what differs from it is changed. */
  readonly was: AppValues
  /** The CID of a logo that was made already. */
  readonly keptLogo: string | null
  /** Whether the logo that is there is to go. */
  readonly removesLogo: boolean
}

interface AppOverview extends AppTyped {
  readonly page: Page
  readonly app: ListedApp
  readonly isSuspended: boolean
  /** What its ID tokens are signed with; nothing where OpenID Connect is switched off. */
  readonly idTokens?: 'ES256' | 'RS256' | null
  /** Whether its tokens are bound to keys; nothing where this server binds none. */
  readonly bindsTokens?: boolean | null
  /** What became of it lately, the newest first. */
  readonly history: { readonly entries: readonly ActivityWords[]; readonly now: number }
  /** How it has done lately; nothing while its form is put right. */
  readonly glance?: GlanceWords | null
  readonly mistakes: AppMistakes
  readonly done: string | null
  readonly csrf: string
}

/** The page of an app: its key, and what its developer says of it. */
export function appPage({
  page,
  app,
  history,
  glance = null,
  isSuspended,
  idTokens = null,
  bindsTokens = null,
  values,
  was,
  keptLogo,
  removesLogo,
  mistakes,
  done,
  csrf,
}: AppOverview): string {
  const hidden = { request: null, next: null, csrf }
  return appLayout({
    page,
    app,
    tab: 'Overview',
    done,
    hasMistakes: hasMistakes(mistakes),
    children: (
      <>
        <section>
          <h2>API key</h2>
          <ApiKey apiKey={app.apiKey} />
          <p class="quiet">
            It names your app and is no secret: your app sends it as <code>api_key</code>.{' '}
            <a href={`/developers/${app.apiKey}/quickstart`}>Log somebody in with it</a>, or{' '}
            <a href={`/developers/${app.apiKey}/test-login`}>test the login</a> without any code.
          </p>
        </section>
        {glance !== null && <Glance apiKey={app.apiKey} glance={glance} />}
        <AppAlert mistakes={mistakes} />
        {isSuspended && (
          <p class="warning">
            Whoever runs this server has suspended this app: nobody can log in to it, and its access to every
            account has ended. Ask them why, and to resume it.
          </p>
        )}
        {redirectSets.every((set) => was.redirectUris[set] === '') && (
          <p class="warning">Nobody can log in yet: your app has no redirect URI.</p>
        )}
        <form class="entry" method="post" action={`/developers/${app.apiKey}`} enctype="multipart/form-data">
          <HiddenFields hidden={hidden} />
          <input type="hidden" name="was_name" value={was.name} />
          <input type="hidden" name="was_description" value={was.description} />
          {redirectSets.map((set) => (
            <input
              key={set}
              type="hidden"
              name={`was_${redirectFields[set]}`}
              value={was.redirectUris[set]}
            />
          ))}
          <WereFacts values={was.facts} />
          <NameField values={values} mistakes={mistakes} />
          <Field
            name="description"
            label="Description"
            kind="lines"
            isOptional
            value={values.description}
            hint="What it does, in up to 300 characters. It is public."
            error={mistakes.description}
          />
          <PictureField
            name="logo"
            label="Logo"
            shape="square"
            url={app.logo}
            kept={keptLogo}
            isRemoved={removesLogo}
            hint="Cut to a square around its middle. People see it when your app asks for their account."
            error={mistakes.logo}
          />
          <RedirectUriFields values={values} mistakes={mistakes} />
          <FactFields values={values.facts} mistakes={mistakes.facts} />
          <div class="stack">
            <button type="submit" class="primary">
              Save
            </button>
            <OtherForms mistakes={mistakes} />
          </div>
        </form>
        {idTokens !== null && (
          <section class="entry">
            <h2>ID tokens</h2>
            <p>
              Libraries of OpenID Connect learn from them who logged in. ES256 is right unless yours refuses
              it.
            </p>
            <form method="post" action={`/developers/${app.apiKey}/id-tokens`}>
              <HiddenFields hidden={hidden} />
              {(['ES256', 'RS256'] as const).map((algorithm) => (
                <label class="choice" key={algorithm}>
                  <input type="radio" name="algorithm" value={algorithm} checked={algorithm === idTokens} />{' '}
                  Signed by {algorithm}
                </label>
              ))}
              <div class="stack">
                <button type="submit">Save the algorithm</button>
              </div>
            </form>
          </section>
        )}
        {bindsTokens !== null && (
          <section class="entry">
            <h2>Tokens and keys</h2>
            <p>
              Whoever steals a token that is bound to a key cannot use it. Your app proves its key with each
              request (DPoP, RFC 9449): the SDK does with <code>dpop: true</code>, in browsers and in Node.
              Anybody’s login from before ends when it is refreshed next.
            </p>
            <form method="post" action={`/developers/${app.apiKey}/token-binding`}>
              <HiddenFields hidden={hidden} />
              <label class="choice">
                <input type="checkbox" name="binds" value="true" checked={bindsTokens} /> Bind tokens to keys
              </label>
              <div class="stack">
                <button type="submit">Save the binding</button>
              </div>
            </form>
          </section>
        )}
        {history.entries.length > 0 && (
          <section class="entry">
            <h2>History</h2>
            <Activity {...history} />
          </section>
        )}
        <section class="entry">
          <h2>Delete this app</h2>
          <p>
            Its key stops working, and its access to every account ends at once.{' '}
            <a href={`/developers/${app.apiKey}/delete`}>Delete…</a>
          </p>
        </section>
      </>
    ),
  })
}
