import { notifyOfManagementToken } from '../../accounts/notify.ts'
import {
  makeManagementToken,
  managementTokenDays,
  maximumManagementTokens,
  type NewToken,
} from '../../apps/management-token.ts'
import type { Reply } from '../../http/message.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberForm, memberPage } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import { showOnce, takeShownOnce } from '../session/shown-once.ts'
import type { ShownOnce } from '../views/developers/shown-once.ts'
import { type TokenForm, tokensPage } from '../views/developers/tokens.tsx'
import { done, whatWasDone } from './done.ts'

const usualDays = 90

/** `GET /developers/tokens`: one's management tokens, and a form for another. */
export const showManagementTokens = memberPage<PageDeps>((from, request, deps) => {
  const { shown, member } = takeShownOnce(path, from, request, deps)
  return tokensForm(200, member, { ...empty(deps), made: madeIn(shown) }, whatWasDone(request), deps)
})

/**
 * `POST /developers/tokens`: makes a token, which the page that it leads to shows, this once. The same form sent twice
 * shows the same token, so that a button pressed twice loses none.
 */
export const createManagementToken = memberForm<PageDeps>(async (member, form, request, deps) => {
  const { user } = member.session
  const name = (form.get('name') ?? '').trim()
  const days = Number(form.get('days'))
  const nonce = form.get('nonce') ?? ''
  const asked = await reauthenticate(member, form, request, deps)
  if (asked !== undefined) return asked
  const from = { browser: member.browser, nonce }
  const made = await makeManagementToken({ userId: user.id, name, days, from }, deps)
  if (made.outcome === 'created') notifyOfManagementToken(user, deps)
  if ('text' in made)
    return showOnce(path, { secret: made.text, about: `${made.expiresAt} ${name}` }, member, deps)
  return tokensForm(422, member, { ...empty(deps), name, days, mistakes: mistakes[made.outcome] }, null, deps)
})

/** `POST /developers/tokens/revoke`: ends a token; ending what has ended is no mistake. */
export const revokeManagementToken = memberForm<PageDeps>(
  async ({ session }, form, _request, { store, clock }) => {
    const digest = Buffer.from(form.get('token') ?? '', 'base64url')
    await store.revokeManagementToken(session.user.id, digest, clock())
    return done(path, 'revoked')
  },
)

const path = '/developers/tokens'

/** The token that was just made, of what was carried here. */
function madeIn(shown: ShownOnce): TokenForm['made'] {
  if (shown === null || shown === 'shown before') return shown
  const [, expiresAt, name] = /^(\d+) (.*)$/s.exec(shown.about) ?? []
  return name === undefined ? null : { text: shown.secret, expiresAt: Number(expiresAt), name }
}

const empty = ({ random }: PageDeps): TokenForm => ({
  name: '',
  days: usualDays,
  nonce: Buffer.from(random(32)).toString('base64url'),
  mistakes: {},
  made: null,
})

const mistakes: Readonly<Record<Exclude<NewToken, { text: string }>['outcome'], TokenForm['mistakes']>> = {
  full: {
    name: `You have ${maximumManagementTokens} management tokens, and that is the most. Revoke one that you no longer need.`,
  },
  ended: { name: 'This form was used before. Send it once more.' },
  name: { name: 'The name must be 1 to 64 printable characters.' },
  days: { days: 'Choose how long it works.' },
}

async function tokensForm(
  status: number,
  { session, csrf, cookies }: Member,
  form: TokenForm,
  done: string | null,
  deps: PageDeps,
): Promise<Reply> {
  const now = deps.clock()
  const listed = await deps.store.listManagementTokens(session.user.id, now)
  const tokens = listed.map(({ digest, ...words }) => ({
    ...words,
    // A digest opens nothing: the token cannot be found from it.
    id: Buffer.from(digest).toString('base64url'),
  }))
  const page = tokensPage({ page: pageOf(deps), tokens, form, lives: managementTokenDays, done, csrf, now })
  return renderMember(status, page, cookies)
}
