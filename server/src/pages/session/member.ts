import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { UserInactive } from '../../store/contract/errors.ts'
import { type FileForm, type FileFormDeps, type FileRules, readFileForm } from '../forms/file-form.ts'
import { type MemberForm, readMemberForm } from '../forms/form.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, render } from '../render.ts'
import { heldFormPage } from '../views/pending-form.tsx'
import { type Browser, browserOf, ownForm } from './browser.ts'
import { keptToken, shownTo } from './form-token.ts'

/** A browser in which somebody is signed in. */
export type Member = Browser & { readonly session: NonNullable<Browser['session']> }

type Handler<Deps extends PageDeps> = (request: Request, deps: Deps) => Promise<Reply>

/** A page for who is signed in; everybody else signs in first and comes back to it. */
export function memberPage<Deps extends PageDeps>(
  answer: (member: Member, request: Request, deps: Deps) => Reply | Promise<Reply>,
): Handler<Deps> {
  return async (request, deps) => {
    const from = await browserOf(request, deps)
    if (isMember(from)) return answer(from, request, deps)
    const path = request.query === '' ? request.pathname : `${request.pathname}?${request.query}`
    return seeOther(`/sign-in?next=${encodeURIComponent(path)}`, from.cookies)
  }
}

/**
 * A form for who is signed in. Where the session it was shown in has ended meanwhile, what was typed is kept for
 * after the sign-in, but for passwords.
 * @throws PageError 403 when another site could have sent it
 */
export function memberForm<Deps extends PageDeps>(
  answer: (member: Member, form: MemberForm, request: Request, deps: Deps) => Reply | Promise<Reply>,
): Handler<Deps> {
  return async (request, deps) => {
    const { from, form } = await ownForm(request, deps, () => readMemberForm(request))
    return answered(answer, from, form, request, deps)
  }
}

/**
 * As `memberForm`, of a form that may hold files, at a route that leaves the body on the connection.
 * @param rules of the files, where they are no pictures
 */
export function memberFileForm<Deps extends PageDeps & FileFormDeps>(
  answer: (member: Member, form: FileForm, request: Request, deps: Deps) => Reply | Promise<Reply>,
  rules?: FileRules,
): Handler<Deps> {
  return async (request, deps) => {
    let read: FileForm | undefined
    try {
      const { from, form } = await ownForm(request, deps, async (from) => {
        read = await readFileForm(request, from, deps, rules)
        return read
      })
      return await answered(answer, from, form, request, deps)
    } finally {
      await read?.discard()
    }
  }
}

async function answered<Form extends MemberForm, Deps extends PageDeps>(
  answer: (member: Member, form: Form, request: Request, deps: Deps) => Reply | Promise<Reply>,
  from: Browser,
  form: Form,
  request: Request,
  deps: Deps,
): Promise<Reply> {
  if (!isSender(from, form, deps)) return hold(from, form, request, deps)
  try {
    return await answer(from, form, request, deps)
  } catch (error) {
    if (error instanceof UserInactive) return hold({ ...from, session: undefined }, form, request, deps)
    throw error
  }
}

function hold(from: Browser, form: MemberForm, request: Request, deps: PageDeps): Reply {
  const typed = form.entries.filter(([name]) => !/password/i.test(name))
  const isMultipart = /^multipart\//i.test(request.header('content-type') ?? '')
  const without = isMultipart ? 'pictures' : typed.length < form.entries.length ? 'passwords' : null
  const signedInAs = from.session?.user.handle ?? null
  const shown = shownTo(form.get('csrf'), from, deps)
  // A form shown to nobody, to somebody who can no longer be told, or to the same user in an earlier session may be sent
  // again by who is signed in now; one shown to another user waits for that user.
  const isOld = shown === undefined || shown.userId === from.session?.user.id
  const token = isOld ? from.csrf : keptToken(shown.userId, from.browser, deps)
  const fields = typed.map(([name, value]) => [name, name === 'csrf' ? token : value] as const)
  const page = heldFormPage({
    ...{ page: pageOf(deps), action: request.pathname, fields, without, signedInAs },
    isOld,
  })
  return render(signedInAs === null ? 401 : 409, page, null, from.cookies)
}

const isMember = (from: Browser): from is Member => from.session !== undefined

// A tab that was left open must not write what one user typed over what is another's.
const isSender = (from: Browser, form: MemberForm, deps: PageDeps): from is Member =>
  isMember(from) && shownTo(form.get('csrf'), from, deps)?.acts === true
