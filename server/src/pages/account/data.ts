import { there } from '../../api/profile.ts'
import type { Reply, Request } from '../../http/message.ts'
import { pageOf, render, renderMember } from '../render.ts'
import { type Member, memberPage } from '../session/member.ts'
import { isFreshlyProven } from '../session/reauthenticate.ts'
import { type DataMistakes, dataPage, deletedPage } from '../views/account/data.tsx'
import type { AccountDeps } from './account-deps.ts'
import { type Downloads, whatBegins, whatWasDone } from './done.ts'

/** `GET /account/data`: what one may take along, and how one leaves. */
export const showData = memberPage<AccountDeps>((member, request, deps) => {
  const begins = whatBegins(request)
  const download = isFreshlyProven(member, deps) ? begins : null
  const done = begins === download ? whatWasDone(request) : null
  return dataForm(200, member, { done, download }, deps)
})

interface Said {
  /** What was typed to confirm a deletion. */
  readonly typed?: string
  readonly mistakes?: DataMistakes
  readonly done?: string | null
  readonly download?: Downloads | null
}

/** The page with what is wrong on it. */
export async function dataForm(
  status: number,
  { session, csrf, cookies }: Member,
  { typed = '', mistakes = {}, done = null, download = null }: Said,
  deps: AccountDeps,
): Promise<Reply> {
  const { id, handle } = session.user
  const { trackCount } = there(await deps.store.findProfile(id))
  const { length: appCount } = await deps.store.listAppsOf(id)
  const hasPasskeys = (await deps.store.listPasskeys(id)).length > 0
  const left = { trackCount, appCount, hasPasskeys }
  const page = dataPage({
    ...{ page: pageOf(deps), handle, ...left, typed, mistakes, done, download, csrf },
    lastImport: await deps.imports.status(id),
  })
  return renderMember(status, page, cookies)
}

/** `GET /account/deleted` */
export const showDeleted = (_request: Request, deps: AccountDeps): Reply =>
  render(200, deletedPage({ page: pageOf(deps) }), null, [])
