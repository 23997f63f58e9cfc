import { parseApiKey } from '../../apps/api-key.ts'
import { interaction } from '../../errors/interaction.ts'
import type { Request } from '../../http/message.ts'
import type { App } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'
import type { Member } from '../session/member.ts'

/**
 * Finds the app that a page under `/developers/{api_key}` is about.
 * @throws PageError 404 when there is none, or it is another's: nobody learns which
 */
export async function ownApp(member: Member, request: Request, deps: PageDeps): Promise<App> {
  const apiKey = parseApiKey(request.path('api_key'))
  const app = apiKey === undefined ? undefined : await deps.store.findApp(apiKey)
  if (app === undefined || app.ownerId !== member.session.user.id) throw interaction.noPage()
  return app
}
