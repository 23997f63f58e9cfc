import { inWords, lifetimes } from '../../../limits.ts'
import { visible } from '../escape-invisible.ts'
import { Name } from '../name.tsx'
import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'

/** A request of a test and its answer. */
export interface TestStepWords {
  readonly name: keyof typeof words
  readonly line: string
  readonly sent: readonly { readonly name: string; readonly value: string }[]
  readonly status: number | null
  readonly answer: string | null
  readonly took: number | null
  readonly error: { readonly code: string; readonly words: string } | null
}

interface TestReport {
  readonly page: Page
  readonly app: ListedApp
  readonly scope: 'read' | 'write'
  readonly steps: readonly TestStepWords[]
}

const words = {
  authorize: {
    title: 'The app opens the authorization',
    what: 'In the browser. This server asked you to sign in and to allow the app.',
  },
  answer: {
    title: 'You come back with an answer',
    what: 'The browser was sent to the redirect URI. An app goes on only when state is the one it sent and iss is this server.',
  },
  token: {
    title: 'The app exchanges the code',
    what: `The code works once, within ${inWords(lifetimes.code)}, and only with the code_verifier of the code_challenge.`,
  },
  me: { title: 'The app asks who logged in', what: 'A call of the API, with the access token.' },
  refresh: {
    title: 'The app gets new tokens',
    what: `An access token works for ${inWords(lifetimes.access)}. The refresh token brings the next pair, and is used up by that.`,
  },
  revoke: {
    title: 'The app logs out',
    what: 'Every token of this login stops working at once.',
  },
} as const

const meanings: Readonly<Record<string, string>> = {
  response_type: 'A code comes back, never a token.',
  api_key: 'Names the app. It is no secret.',
  client_id: 'The API key again.',
  redirect_uri: 'Where the browser returns. An app sends one that it has registered.',
  scope: 'What the app asks for.',
  state: 'A random text of the app, by which it knows its own answers.',
  code_challenge: 'The SHA-256 of the code_verifier, which the app keeps.',
  code_challenge_method: 'The only one.',
  response_mode: 'The answer comes in the query. Without it, in the fragment.',
  display: 'The page fills the window. Without it, it is made for a popup.',
  code: 'To be exchanged for tokens.',
  iss: 'The server that answers.',
  error: 'Why there is no code.',
  error_description: 'The same in words.',
  grant_type: 'What is exchanged for tokens.',
  code_verifier: 'Proves that the app which exchanges the code is the one that asked for it.',
  Authorization: 'The access token.',
  refresh_token: 'Works once.',
  token: 'The refresh token. Everything that came from its login ends with it.',
}

/** The page that shows every step of a test login. */
export function testReportPage({ page, app, scope, steps }: TestReport): string {
  const failed = steps.find(({ error }) => error !== null)
  return appLayout({
    page,
    app,
    tab: 'Test login',
    children: (
      <>
        {failed === undefined ? (
          <p class="done" role="status">
            The login works, with scope {scope}. Its tokens are revoked.
          </p>
        ) : (
          <p class="alert" role="status">
            The login stopped at “{words[failed.name].title}”. Nobody holds a token of it.
          </p>
        )}
        <p class="quiet">Of what is secret only the first four characters are shown.</p>
        <ol class="log">
          {steps.map((step, index) => (
            <Step key={step.name} step={step} number={index + 1} />
          ))}
        </ol>
        <div class="stack">
          <a class="button" href={`/developers/${app.apiKey}/test-login`}>
            Test again
          </a>
        </div>
      </>
    ),
  })
}

function Step({ step, number }: { step: TestStepWords; number: number }) {
  const { name, line, sent, status, answer, took, error } = step
  return (
    <li class="moment exchange">
      <div class="event">
        <h2>
          {number}. {words[name].title}
        </h2>
        {status !== null && (
          <span class={`outcome outcome-${error === null ? 'done' : 'refused'}`}>{status}</span>
        )}
        {took !== null && <span class="quiet">{durationOf(took, name)}</span>}
      </div>
      <p>{words[name].what}</p>
      {error !== null && (
        <p class="alert">
          <Name text={visible(error.words)} />{' '}
          <a href={`/docs/errors#${error.code}`}>What {visible(error.code)} means</a>
        </p>
      )}
      <p>
        <code>{line}</code>
      </p>
      <dl>
        {sent.map((parameter) => (
          <div key={parameter.name}>
            <dt>
              <code>{parameter.name}</code>
            </dt>
            <dd>
              <code>{visible(parameter.value)}</code>
              <span class="quiet">{meanings[parameter.name]}</span>
            </dd>
          </div>
        ))}
      </dl>
      {answer !== null && (
        <details open={answer.length < 600}>
          <summary>The answer</summary>
          <pre>
            <code>{answer}</code>
          </pre>
        </details>
      )}
    </li>
  )
}

const durationOf = (took: number, name: TestStepWords['name']): string =>
  name === 'answer' ? `${(took / 1000).toFixed(1)} s, your time included` : `${took} ms`
