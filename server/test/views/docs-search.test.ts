import { expect, test } from 'vitest'
import { buildDocs } from '../../scripts/docs/build.ts'
import { readIndex, search } from '../../src/pages/docs/search-index.ts'

/** What readers ask, and where it is answered. */
const questions: readonly (readonly [question: string, answeredAt: string])[] = [
  ['how do I log in with react', '/docs/start/react'],
  ['vue login', '/docs/start/vue'],
  ['sveltekit svelte login', '/docs/start/svelte'],
  ['next.js app router', '/docs/start/next'],
  ['expo login on a phone', '/docs/start/expo'],
  ['log in from a command line tool', '/docs/start/node'],
  ['python example', '/docs/start/python'],
  ['login with curl by hand', '/docs/start/manual'],
  ['what is pkce', '/docs/concepts/pkce'],
  ['what is a code verifier', '/docs/concepts/pkce'],
  ['how long does a refresh token live', '/docs/concepts/sessions'],
  ['why are my users logged out', '/docs/hanging#users-are-logged-out-by-themselves'],
  ['popup blocked', '/docs/hanging#the-popup-does-not-open-blocked'],
  ['popup stays open', '/docs/hanging#the-popup-stays-open-on-my-own-page'],
  ['state_mismatch', '/docs/hanging#state_mismatch'],
  ['issuer_mismatch', '/docs/hanging#issuer_mismatch'],
  ['invalid_grant', '/docs/hanging#invalid_grant-at-once'],
  ['cross-origin-opener-policy', '/docs/concepts/popups'],
  ['redirect uri does not match', '/docs/concepts/redirect-uris'],
  ['insufficient_scope', '/docs/concepts/scopes'],
  ['difference between read and write scope', '/docs/concepts/scopes'],
  ['fake sdk for unit tests', '/docs/guides/testing#units-fakesdk'],
  ['playwright', '/docs/guides/testing#the-whole-way-playwright-and-stagedoor-dev'],
  ['going to production checklist', '/docs/guides/going-live'],
  ['upload audio with progress', '/docs/guides/uploads'],
  ['migrate from @audius/sdk', '/docs/migrating'],
  ['content security policy for my app', '/docs/security-for-apps'],
  ['backup and restore', '/docs/running#backup-and-restore'],
  ['how do I set up smtp mail', '/docs/running#mail'],
  ['nginx reverse proxy', '/docs/deploying'],
  ['run with docker', '/docs/deploying'],
  ['postgres several nodes', '/docs/postgres'],
]

const index = readIndex(buildDocs().index)

test.each(questions)('“%s” is answered by one of the first three hits', (question, answeredAt) => {
  const hits = search(index, question, 3).map(({ href }) => href)
  const isAnswer = (href: string) => href === answeredAt || href.startsWith(`${answeredAt}#`)
  expect(hits.some(isAnswer) ? answeredAt : hits).toBe(answeredAt)
})
