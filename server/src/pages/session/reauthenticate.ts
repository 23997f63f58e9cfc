import { passkeyRequest, userOfPasskey } from '../../accounts/passkey-sign-in.ts'
import { confirmPassword } from '../../accounts/sign-in.ts'
import { json, type Reply, type Request } from '../../http/message.ts'
import { quotaOf } from '../../rate-limits/rules.ts'
import type { MemberForm } from '../forms/form.ts'
import { toldToWait, tooMany } from '../forms/retry-after.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, personOf, render } from '../render.ts'
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

/** Whether who is signed in has proven in the last five minutes that it is they. */
export const isFreshlyProven = ({ session }: Member, { clock }: Pick<PageDeps, 'clock'>): boolean =>
  clock() - session.authenticatedAt < reauthenticationLifetime

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
  const result = await confirmPassword(session.user, form.get('password') ?? '', session.digest, deps)
  if (result.outcome === 'later') {
    const { waitMs } = result
    return {
      status: 429,
      words: tooMany(waitMs),
      answer: (page) => toldToWait(page, waitMs, quotaOf('browser')),
    }
  }
  if (result.outcome === 'wrong') return notProven(wrongPassword)
  await deps.store.reauthenticateSession(session.digest, deps.clock(), 'password')
  return result
}

/**
 * What a form proves of who sends it: by the password in it, or by a passkey where it asks for one, or holds its answer.
 * @returns the hash of the password, why it proves nothing, or the page that asks for the passkey and keeps the form
 * @throws PasswordsBusy
 */
export async function provenBy(
  member: Member,
  form: MemberForm,
  request: Request,
  deps: PageDeps,
): Promise<{ readonly passwordHash: string } | NotProven | { readonly asks: Reply }> {
  const answer = form.get('credential')
  const isByPasskey = answer !== undefined || form.get('proof') === 'passkey'
  if (form.get('password') !== undefined || !isByPasskey) return provenByPassword(member, form, deps)
  const ask = (wrong: NotProven | null) => ({
    asks: askForProofOf(member, form.entries, request, wrong, 'chosen', deps),
  })
  if (answer === undefined) return ask(null)
  const proof = await provenByPasskey(member, answer, deps)
  if (proof !== 'proven') return ask(proof)
  const { id, handle } = member.session.user
  const found = (await deps.store.findCredentials(handle)).find(({ user }) => user.id === id)
  return found ?? ask(notProven(refusedPasskey))
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
  return proof === 'proven' ? undefined : askForProofOf(member, fields, request, proof, 'due', deps)
}

function askForProofOf(
  member: Member,
  fields: MemberForm['entries'],
  request: Request,
  wrong: NotProven | null,
  why: 'due' | 'chosen',
  deps: PageDeps,
): Reply {
  const page = reauthenticatePage({
    page: pageOf(deps),
    person: personOf(member.session.user, deps),
    action: request.pathname,
    fields: fields.filter(([name]) => !ofThePage.has(name)),
    csrf: member.csrf,
    why,
    error: wrong?.words ?? null,
  })
  const shown = render(wrong?.status ?? 401, page, null, member.cookies, 'run')
  return wrong === null ? shown : wrong.answer(shown)
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
  if (form.get('password') !== undefined) {
    const proven = await provenByPassword(member, form, deps)
    return 'words' in proven ? proven : 'proven'
  }
  const credential = form.get('credential')
  if (credential === undefined) return isFreshlyProven(member, deps) ? 'proven' : null
  return provenByPasskey(member, credential, deps)
}

async function provenByPasskey(
  { session, browsers }: Member,
  answer: string,
  deps: PageDeps,
): Promise<'proven' | NotProven> {
  const found = await userOfPasskey(answer, browsers, deps)
  if (found?.user.id !== session.user.id) return notProven(refusedPasskey)
  await deps.store.reauthenticateSession(session.digest, deps.clock(), 'passkey')
  return 'proven'
}

const refusedPasskey = 'This passkey did not prove it. Try it once more, or use your password.'

// What the page asks for and adds by itself.
const ofThePage = new Set(['password', 'credential', 'csrf', 'username', 'proof'])

const notProven = (words: string): NotProven => ({ status: 422, words, answer: (page) => page })
