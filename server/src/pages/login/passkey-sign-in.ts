import { passkeyRequest, userOfPasskey } from '../../accounts/passkey-sign-in.ts'
import { json, type Reply, type Request } from '../../http/message.ts'
import type { PageDeps } from '../page-deps.ts'
import { submission } from '../session/browser.ts'
import { purposeOf } from './destination.ts'
import { disabledWords, signInForm, startLogin } from './sign-in.ts'

/** `POST /sign-in/passkey/options`: what this browser asks its passkeys for. */
export async function askForPasskey(request: Request, deps: PageDeps): Promise<Reply> {
  const { from } = await submission(request, deps)
  return { ...json(200, { options: await passkeyRequest(from.browser.digest, deps) }), cookies: from.cookies }
}

/** `POST /sign-in/passkey`: starts a session with a passkey, then goes on with what was asked. */
export async function signInWithPasskey(request: Request, deps: PageDeps): Promise<Reply> {
  const { from, form } = await submission(request, deps)
  const found = await userOfPasskey(form.get('credential') ?? '', from.browsers, deps)
  const refuse = (status: number, words: string) => signInForm(status, purposeOf(form), from, '', words, deps)
  if (found === undefined) return refuse(422, refused)
  const { user, passkeyId } = found
  if (user.disabledAt !== null) return refuse(403, disabledWords(deps))
  const proven = { method: 'passkey', proof: { passkeyId } } as const
  return (await startLogin(user, proven, purposeOf(form), from, deps)) ?? refuse(422, refused)
}

const refused = 'This passkey did not sign you in. Try it once more, or use your password.'
