import { passkeyRequest, userOfPasskey } from '../../accounts/passkey-sign-in.ts'
import { confirmPassword } from '../../accounts/sign-in.ts'
import { json, type Reply, type Request } from '../../http/message.ts'
import type { MemberForm } from '../forms/form.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, personOf, show } from '../render.ts'
import { type Member, memberForm } from './member.ts'
import { reauthenticatePage } from './reauthenticate.tsx'

/** How long a person need not prove again that it is they, in milliseconds. */
export const reauthenticationLifetime = 5 * 60_000

/** Why a person has not proven that it is they, in words for them, and how that is answered. */
export interface NotProven {
  readonly status: 422 | 429
  readonly words: string
  /** Adds to a page what programs are told. */
  answer(page: Reply): Reply
}

/** What a wrong password is told on a page of who is signed in. */
export const wrongPassword = 'This is not your current password.'

/**
 * Checks the password that a form asks who is signed in for once more.
 * @throws PasswordsBusy
 */
export async function provenByPassword(
  { session }: Member,
  form: MemberForm,
  deps: PageDeps,
): Promise<{ readonly passwordHash: string } | NotProven> {
  const judged = await confirmPassword(session.user, form.get('password') ?? '', session.digest, deps)
  if (judged.outcome === 'later') {
    const { waitMs } = judged
    return { status: 429, words: tooMany(waitMs), answer: (page) => toldToWait(page, waitMs) }
  }
  if (judged.outcome === 'wrong') return notProven(wrongPassword)
  await deps.store.reauthenticateSession(session.digest, deps.clock(), 'password')
  return judged
}

/**
 * Asks who is signed in to prove once more that it is they, by password or passkey, unless they did so in the last five
 * minutes. The page that asks keeps what the form holds and sends it again.
 * @param fields what to keep of the form; all of it unless given
 * @returns the page that asks; undefined for a person who has proven it
 * @throws PasswordsBusy
 */
export async function reauthenticate(
  member: Member,
  form: MemberForm,
  request: Request,
  deps: PageDeps,
  fields: MemberForm['entries'] = form.entries,
): Promise<Reply | undefined> {
  const proof = await proofOf(member, form, deps)
  if (proof === 'proven') return undefined
  const page = reauthenticatePage({
    page: pageOf(deps),
    person: personOf(member.session.user, deps),
    action: request.pathname,
    fields: fields.filter(([name]) => !ofThePage.has(name)),
    csrf: member.csrf,
    error: proof?.words ?? null,
  })
  const shown = show(proof?.status ?? 401, page, null, member.cookies, 'run')
  return proof === null ? shown : proof.answer(shown)
}

/** `POST /reauthenticate/options`: what this browser asks its passkeys for. */
export const askForProof = memberForm<PageDeps>(async ({ browser }, _form, _request, deps) =>
  json(200, { options: await passkeyRequest(browser.digest, deps) }),
)

/** What a form proves; null where it and the session prove nothing. */
async function proofOf(
  member: Member,
  form: MemberForm,
  deps: PageDeps,
): Promise<'proven' | NotProven | null> {
  const { session, browsers } = member
  if (form.get('password') !== undefined) {
    const proven = await provenByPassword(member, form, deps)
    return 'words' in proven ? proven : 'proven'
  }
  const now = deps.clock()
  const credential = form.get('credential')
  if (credential === undefined)
    return now - session.authenticatedAt < reauthenticationLifetime ? 'proven' : null
  const user = await userOfPasskey(credential, browsers, deps)
  if (user?.id !== session.user.id)
    return notProven('This passkey did not prove it. Try it once more, or use your password.')
  await deps.store.reauthenticateSession(session.digest, now, 'passkey')
  return 'proven'
}

// What the page asks for and adds by itself.
const ofThePage = new Set(['password', 'credential', 'csrf', 'username'])

const notProven = (words: string): NotProven => ({ status: 422, words, answer: (page) => page })
