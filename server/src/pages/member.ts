import { type Reply, type Request, seeOther } from '../message.ts'
import { type FileForm, type FileFormDeps, readFileForm } from './file-form.ts'
import { type MemberForm, readMemberForm } from './member-form.ts'
import type { PageDeps } from './page-deps.ts'
import { pageOf, show } from './show.ts'
import { heldFormPage } from './views/held-form.tsx'
import { ownForm, type Visitor, visitor } from './visitor.ts'

/** A browser in which somebody is signed in. */
export type Member = Visitor & { readonly session: NonNullable<Visitor['session']> }

type Door<Deps extends PageDeps> = (request: Request, deps: Deps) => Promise<Reply>

/** A page for who is signed in; everybody else signs in first and comes back to it. */
export function memberPage<Deps extends PageDeps>(
  answer: (member: Member, request: Request, deps: Deps) => Reply | Promise<Reply>,
): Door<Deps> {
  return async (request, deps) => {
    const from = await visitor(request, deps)
    if (isMember(from)) return answer(from, request, deps)
    const path = request.query === '' ? request.pathname : `${request.pathname}?${request.query}`
    return seeOther(`/sign-in?next=${encodeURIComponent(path)}`, from.cookies)
  }
}

/**
 * A form for who is signed in. Where the session has ended meanwhile, what was typed is kept for after the sign-in,
 * but for passwords.
 * @throws PageError 403 when another site could have sent it
 */
export function memberForm<Deps extends PageDeps>(
  answer: (member: Member, form: MemberForm, request: Request, deps: Deps) => Reply | Promise<Reply>,
): Door<Deps> {
  return async (request, deps) => {
    const { from, form } = await ownForm(request, deps, () => readMemberForm(request))
    return isMember(from) ? answer(from, form, request, deps) : hold(from, form, request, deps)
  }
}

/** As `memberForm`, of a form that may hold files, at a door that leaves the body on the connection. */
export function memberFileForm<Deps extends PageDeps & FileFormDeps>(
  answer: (member: Member, form: FileForm, request: Request, deps: Deps) => Reply | Promise<Reply>,
): Door<Deps> {
  return async (request, deps) => {
    let read: FileForm | undefined
    try {
      const { from, form } = await ownForm(request, deps, async (from) => {
        read = await readFileForm(request, from, deps)
        return read
      })
      return isMember(from) ? await answer(from, form, request, deps) : hold(from, form, request, deps)
    } finally {
      await read?.discard()
    }
  }
}

function hold(from: Visitor, form: MemberForm, request: Request, deps: PageDeps): Reply {
  const fields = form.entries.filter(([name]) => name !== 'csrf' && !/password/i.test(name))
  const page = heldFormPage({ page: pageOf(deps), action: request.pathname, fields, csrf: from.csrf })
  return show(401, page, null, from.cookies)
}

const isMember = (from: Visitor): from is Member => from.session !== undefined
