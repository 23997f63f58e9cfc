import type { Reply, Request } from '../../http/message.ts'
import { memberFormOf } from '../forms/form.ts'
import { type Member, memberForm, memberPage } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import type { AccountDeps } from './account-deps.ts'
import { type Downloads, done } from './done.ts'

type Handler = (request: Request, deps: AccountDeps) => Promise<Reply>

/** What hands everything about a person out, for who has proven in the last five minutes that it is they. */
export function download(
  name: Downloads,
  answer: (member: Member, deps: AccountDeps) => Promise<Reply>,
): { readonly send: Handler; readonly prove: Handler } {
  return {
    send: memberPage<AccountDeps>(
      async (member, request, deps) =>
        (await reauthenticate(member, memberFormOf([]), request, deps)) ?? handOut(member, request, deps),
    ),
    // A download leaves the page that asked where it is: it begins from the page that has its button instead.
    prove: memberForm<AccountDeps>(
      async (member, form, request, deps) =>
        (await reauthenticate(member, form, request, deps)) ?? done('/account/data', name),
    ),
  }

  async function handOut(member: Member, request: Request, deps: AccountDeps): Promise<Reply> {
    const userId = member.session.user.id
    // HEAD hands nothing out.
    if (request.method !== 'HEAD') await deps.store.noteDownload({ userId, apiKey: null, detail: name })
    return answer(member, deps)
  }
}
