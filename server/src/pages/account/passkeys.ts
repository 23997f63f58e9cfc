import { addPasskey, maximumPasskeys, passkeyCreation } from '../../accounts/add-passkey.ts'
import { notifyOfNewPasskey } from '../../accounts/notify.ts'
import { json, seeOther } from '../../http/message.ts'
import { inWords, lifetimes } from '../../limits.ts'
import { memberForm } from '../session/member.ts'
import { isFreshlyProven, provenBy, provenByPassword, reauthenticate } from '../session/reauthenticate.ts'
import type { AccountDeps } from './account-deps.ts'
import { done } from './done.ts'
import { securityForm } from './security.ts'

/** `POST /account/passkeys/options`: what this browser makes a passkey by, for who knows the password. */
export const askToAddPasskey = memberForm<AccountDeps>(async (member, form, _request, deps) => {
  // Who has just proven it by a passkey is asked for no password.
  if (form.all('password').length > 0 || !isFreshlyProven(member, deps)) {
    const proven = await provenByPassword(member, form, deps)
    if ('words' in proven) return proven.answer(json(proven.status, { problem: proven.words }))
  }
  return json(200, { options: await passkeyCreation(member.session.user, member.browser.digest, deps) })
})

/** `POST /account/passkeys/prove`: lets a passkey that one has stand for the password that adding another asks for. */
export const proveByPasskey = memberForm<AccountDeps>(async (member, form, request, deps) => {
  const proven = await provenBy(member, form, request, deps)
  if ('asks' in proven) return proven.asks
  return 'words' in proven
    ? proven.answer(
        await securityForm(
          proven.status,
          member,
          { mistakes: { passkey_password: proven.words } },
          null,
          deps,
        ),
      )
    : seeOther('/account/security?proven=yes#passkeys')
})

/** `POST /account/passkeys`: adds the passkey that this browser has made. */
export const savePasskey = memberForm<AccountDeps>(async (member, form, _request, deps) => {
  const { session, browsers, place } = member
  const answer = form.get('credential') ?? ''
  const outcome = await addPasskey(session.user, browsers, place.device, answer, deps)
  if (outcome === 'created') notifyOfNewPasskey(session.user, place.device, deps)
  if (outcome === 'created' || outcome === 'repeated') return done('/account/security', 'passkey')
  return securityForm(422, member, { mistakes: { passkey_password: words[outcome] } }, null, deps)
})

const words = {
  refused: `The passkey was not added. Add it once more; a device has ${inWords(lifetimes.passkeyChallenge)} for it.`,
  taken: 'This passkey is in use already. Add another.',
  full: `You have ${maximumPasskeys} passkeys. Remove one that you no longer use first.`,
} as const

/** `POST /account/passkeys/remove`: a passkey signs in no more. */
export const removePasskey = memberForm<AccountDeps>(async (member, form, request, deps) => {
  const asked = await reauthenticate(member, form, request, deps)
  if (asked !== undefined) return asked
  await deps.store.deletePasskey(member.session.user.id, form.get('passkey') ?? '')
  return done('/account/security', 'passkey_removed')
})
