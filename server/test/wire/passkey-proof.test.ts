import { newcomer } from '@stagedoor/testkit/newcomer'
import { fileServer } from '@stagedoor/testkit/server'
import { type Form, formTo, wordsOf } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import type { Actor } from './filled-forms.ts'
import { withOutbox } from './mail.ts'
import { passkeyOf } from './passkey.ts'

const server = await fileServer({}, withOutbox)
const changed = 'a changed pass-phrase'

/** What a password is asked for, and how it shows that it was done. */
interface Act {
  readonly page: string
  readonly action: string
  typed(actor: Actor): Readonly<Record<string, string>>
  readonly says: string
}

const acts: Readonly<Record<string, Act>> = {
  'a new password': {
    page: '/account/security',
    action: '/account/password',
    typed: () => ({ new_password: changed }),
    says: 'Your password is changed',
  },
  'a new email': {
    page: '/account/security',
    action: '/account/email',
    typed: ({ person }) => ({ new_email: `new.${person.handle}@example.com` }),
    says: 'We have sent a link to the new address',
  },
  'the end of the account': {
    page: '/account/data',
    action: '/account/delete',
    typed: ({ person }) => ({ handle: person.handle }),
    says: 'Your account is deleted',
  },
  'another passkey': {
    page: '/account/security',
    action: '/account/passkeys/prove',
    typed: () => ({}),
    says: 'You have proven that it is you',
  },
}

const proofIn = async ({ browser }: Actor, form: Form) => {
  const { csrf = '' } = form.fields
  return JSON.parse((await browser.post('/reauthenticate/options', { csrf })).text).options
}

describe.each(Object.entries(acts))('%s', (_, act) => {
  test('takes a passkey in place of the password, and keeps what was filled in', async () => {
    const actor = await newcomer(server)
    const { browser, person } = actor
    expect((await browser.open(act.page)).text).not.toContain('Use a passkey instead')
    const passkey = await passkeyOf(person, server.url)
    const page = await browser.open(act.page)
    expect(page.text).toContain('Use a passkey instead')
    const asked = await browser.submit(formTo(page, act.action), {
      ...act.typed(actor),
      ...(page.text.includes('name="password"') && { password: '' }),
      proof: 'passkey',
    })
    expect(asked.status).toBe(401)
    const form = formTo(asked, act.action)
    const credential = passkey.get(await proofIn(actor, form))
    const done = await browser.submit(form, { credential, password: '' })
    expect(wordsOf(done)).toContain(act.says)
  })

  test('takes no passkey of somebody else, and none twice', async () => {
    const actor = await newcomer(server)
    const other = await newcomer(server)
    const theirs = await passkeyOf(other.person, server.url)
    const own = await passkeyOf(actor.person, server.url)
    const typed = { ...act.typed(actor), proof: 'passkey', password: '' }
    const asked = await actor.browser.submit(formTo(await actor.browser.open(act.page), act.action), typed)
    const form = formTo(asked, act.action)
    const foreign = theirs.get(await proofIn(actor, form))
    const refused = await actor.browser.submit(form, { credential: foreign, password: '' })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused)).not.toContain(act.says)
    const credential = own.get(await proofIn(actor, form))
    expect(wordsOf(await actor.browser.submit(form, { credential, password: '' }))).toContain(act.says)
    const again = await actor.browser.submit(form, { credential, password: '' })
    expect(again.status).toBeGreaterThanOrEqual(401)
  })
})

test('who has proven it by a passkey adds another within five minutes, and is asked again after that', async () => {
  const actor = await newcomer(server)
  const { browser, person } = actor
  const passkey = await passkeyOf(person, server.url)
  const prove = formTo(await browser.open('/account/security'), '/account/passkeys/prove')
  const form = formTo(await browser.submit(prove, { proof: 'passkey' }), '/account/passkeys/prove')
  const proven = await browser.submit(form, { credential: passkey.get(await proofIn(actor, form)) })
  const { password: _, ...fields } = formTo(proven, '/account/passkeys').fields
  const ask = async () => JSON.parse((await browser.post('/account/passkeys/options', fields)).text)
  expect((await ask()).options).toBeDefined()
  server.advance(5 * 60_000)
  expect((await ask()).problem).toBe('This is not your current password.')
})
