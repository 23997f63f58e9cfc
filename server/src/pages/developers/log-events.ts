import { interaction } from '../../errors/interaction.ts'
import { browserOf } from '../session/browser.ts'
import { memberPage } from '../session/member.ts'
import type { DeveloperDeps } from './developer-deps.ts'
import { ownApp } from './own-app.ts'

/**
 * `GET /developers/{api_key}/log/events`: server-sent events, one whenever there is something new in the log. They end
 * when the session or the app does.
 */
export const followLog = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { apiKey } = await ownApp(member, request, deps)
  const ownerId = member.session.user.id
  // A proxy that collects an answer before it passes it on would keep the news to itself.
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }
  if (request.method === 'HEAD') return { status: 200, headers, body: '' }
  const mayFollow = async () => {
    const { session } = await browserOf(request, deps)
    const app = await deps.store.findApp(apiKey)
    return session !== undefined && app?.ownerId === session.user.id
  }
  const stream = deps.usage.live.follow({ apiKey, ownerId }, mayFollow)
  if (stream === undefined) throw interaction.tooManyOpen()
  return { status: 200, headers, body: stream, cookies: member.cookies }
})
