import { interaction } from '../../errors/interaction.ts'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { asShown, isUserCode, userCodeOf } from '../../oauth/device-login.ts'
import { headersOf, TooMany } from '../../rate-limits/too-many.ts'
import type { Identity, OpenDeviceLogin } from '../../store/contract/store.ts'
import { linksOf } from '../app-links.ts'
import { tooMany } from '../forms/retry-after.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, personOf, pictureOf, render } from '../render.ts'
import { type Member, memberForm, memberPage } from '../session/member.ts'
import { deviceAnsweredPage, deviceConsentPage, userCodePage } from './device.tsx'

/** `GET /device`: asks for the code that a device shows (RFC 8628 §3.3). */
export const askForUserCode = memberPage<PageDeps>((member, request, deps) => {
  const given = readForm(request.query).get('user_code') ?? ''
  return codeForm(200, isUserCode(given) ? asShown(given) : '', null, member, deps)
})

/** `POST /device`: leads on to the app that the code is of. */
export const takeUserCode = memberForm<PageDeps>(async (member, form, _request, deps) => {
  const typed = form.get('user_code') ?? ''
  const login = await found(typed, member, deps)
  if (login instanceof TooMany) return tooManyCodes(login, member, deps)
  if (login === undefined) return codeForm(422, typed.slice(0, 20), unknown, member, deps)
  return seeOther(allowing(typed), member.cookies)
})

/** `GET /device/allow`: shows which app a code is of, and asks about it. */
export const askAboutDevice = memberPage<PageDeps>(async (member, request, deps) => {
  const typed = readForm(request.query).get('user_code') ?? ''
  const login = await found(typed, member, deps)
  if (login instanceof TooMany) return tooManyCodes(login, member, deps)
  if (login === undefined) return codeForm(422, typed.slice(0, 20), unknown, member, deps)
  const { user } = member.session
  const page = deviceConsentPage({
    page: pageOf(deps),
    app: {
      name: login.appName,
      logo: pictureOf(login.logo, deps),
      owner: login.owner,
      links: linksOf(login.facts),
    },
    person: personOf(user, deps),
    scope: login.scope,
    email: login.openid?.email
      ? { address: user.emailStatus === 'confirmed' ? user.email : null, isShared: false }
      : null,
    userCode: asShown(typed),
    csrf: member.csrf,
  })
  return render(200, page, null, member.cookies)
})

/** `POST /device/answer`: the person allows the device, or turns it down. */
export const answerDevice = memberForm<PageDeps>(async (member, form, _request, deps) => {
  const typed = form.get('user_code') ?? ''
  const login = await found(typed, member, deps)
  if (login instanceof TooMany) return tooManyCodes(login, member, deps)
  if (login === undefined) return codeForm(422, '', unknown, member, deps)
  const isAllowed = form.get('answer') === 'allow'
  const identity = identityOf(login, member, form.get('share_email') !== undefined)
  const { user, digest: session } = member.session
  const allowed = isAllowed ? { userId: user.id, session, identity } : null
  if (!(await deps.store.answerDeviceLogin(userCodeOf(typed), allowed, deps.clock())))
    return seeOther(allowing(typed), member.cookies)
  return seeOther(isAllowed ? '/device/allowed' : '/device/cancelled')
})

/** `GET /device/allowed`, `GET /device/cancelled` */
export const showDeviceAnswered = (request: Request, deps: PageDeps): Reply =>
  render(
    200,
    deviceAnsweredPage({ page: pageOf(deps), isAllowed: request.pathname === '/device/allowed' }),
    null,
    [],
  )

const unknown =
  'This code is not known. Look at the device once more: codes live ten minutes, and it may show another by now.'

// It says what became of the code meanwhile, and has who is no longer signed in do that first.
const allowing = (typed: string): string =>
  `/device/allow?${new URLSearchParams({ user_code: asShown(typed) })}`

function tooManyCodes(beyond: TooMany, member: Member, deps: PageDeps): Reply {
  const page = codeForm(429, '', tooMany(beyond.seconds * 1000, 'codes were wrong'), member, deps)
  return { ...page, headers: { ...page.headers, ...headersOf(beyond) } }
}

// Each try at a code costs its account one of a few, so that nobody finds the codes of others.
async function found(
  typed: string,
  member: Member,
  deps: PageDeps,
): Promise<OpenDeviceLogin | TooMany | undefined> {
  if (!isUserCode(typed)) return undefined
  const account = String(member.session.user.id)
  try {
    deps.limits.take('user-code', account)
  } catch (error) {
    if (error instanceof TooMany) return error
    throw error
  }
  const login = await deps.store.findDeviceLogin(userCodeOf(typed), deps.clock())
  if (login !== undefined) deps.limits.giveBack('user-code', account)
  return login
}

function identityOf({ openid }: OpenDeviceLogin, { session }: Member, sharesEmail: boolean): Identity | null {
  const { user, authenticatedAt, method, sid } = session
  return (
    openid && {
      profile: openid.profile,
      email: openid.email && sharesEmail && user.emailStatus === 'confirmed',
      nonce: null,
      authenticatedAt,
      method,
      sid,
    }
  )
}

function codeForm(status: number, code: string, error: string | null, member: Member, deps: PageDeps): Reply {
  const page = userCodePage({
    page: pageOf(deps),
    person: personOf(member.session.user, deps),
    code,
    error,
    csrf: member.csrf,
  })
  return render(status, page, null, member.cookies)
}

/** The code of the query of a picture. @throws PageError 404 when it can be none */
export function userCodeOfQuery(request: Request): string {
  const given = readForm(request.query).get('user_code') ?? ''
  if (!isUserCode(given)) throw interaction.noPage()
  return asShown(given)
}
