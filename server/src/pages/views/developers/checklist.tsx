import { inWords, lifetimes } from '../../../limits.ts'
/** A step of the checklist, and when the app first took it. */
export interface StepWords {
  readonly name: keyof typeof words
  /** For people; null while it is to be done. */
  readonly doneAt: string | null
}

const words = {
  authorize: ['Send somebody to log in', 'login() opens the authorization page.'],
  state: ['Send state', 'It ties the answer to the browser that asked. The SDK does it for you.'],
  consent: ['Have it allowed', 'Press Allow as the person who logs in.'],
  token: ['Exchange the code for tokens', 'handleRedirect() does it on the callback page.'],
  pkce: ['Prove the code with PKCE', 'code_verifier must be the one that code_challenge was made of.'],
  call: ['Call the API', 'Send the access token as Authorization: Bearer.'],
  refresh: [
    'Refresh the tokens',
    `The SDK does it when the access token has expired, after ${inWords(lifetimes.access)}.`,
  ],
  revoke: ['Revoke them at logout', 'logout() ends the access on the server, too.'],
} as const

/** What an app has done and has yet to do, ticked by what the server has seen. */
export function Checklist({ steps }: { steps: readonly StepWords[] }) {
  const done = steps.filter(({ doneAt }) => doneAt !== null).length
  return (
    <>
      <p>
        {done} of {steps.length} steps done.
      </p>
      <ol class="checklist">
        {steps.map(({ name, doneAt }) => (
          <li key={name} class={doneAt === null ? 'step' : 'step ticked'}>
            <strong>{words[name][0]}</strong>
            <span class="quiet">{doneAt === null ? `To do. ${words[name][1]}` : `Done ${doneAt}.`}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
