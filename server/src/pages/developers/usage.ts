import { interaction } from '../../errors/interaction.ts'
import type { Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { monthOf } from '../../usage/rate-limit.ts'
import { lastDay, periods, picturesOf, sinceOf } from '../../usage/reports.ts'
import { pageOf, showMember } from '../render.ts'
import { type Member, memberPage } from '../session/member.ts'
import { usagePage } from '../views/developers/usage.tsx'
import { csvFile } from './csv-file.ts'
import type { DeveloperDeps } from './developer-deps.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** `GET /developers/{api_key}/usage`: how much an app is used, in pictures, and where it stands in its plan. */
export const showUsage = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { app, period, pictures } = await usageOf(member, request, deps)
  const limits = deps.usage.plans.limitsOf(app.apiKey)
  const page = usagePage({
    page: pageOf(deps),
    app: listed(app, deps),
    period: period.name,
    periods,
    pictures,
    limits,
    callsOfMonth: await deps.store.countCalls(app.apiKey, monthOf(deps.clock())),
  })
  return showMember(200, page, member.cookies)
})

/** `GET /developers/{api_key}/usage/{picture}.csv`: the table behind a picture, to save. */
export const saveUsage = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { period, pictures } = await usageOf(member, request, deps)
  const picture = pictures.find(({ name }) => `${name}.csv` === request.path('file'))
  if (picture === undefined) throw interaction.noPage()
  return csvFile(`${picture.name}-${period.name}`, picture.columns, picture.rows, member)
})

async function usageOf(member: Member, request: Request, deps: DeveloperDeps) {
  const asked = readForm(request.query).get('period')
  const period = periods.find(({ name }) => name === asked) ?? lastDay
  const app = await ownApp(member, request, deps)
  await deps.usage.flush()
  const now = deps.clock()
  const since = sinceOf(period, now)
  const { bucket } = period
  const ownerId = member.session.user.id
  const usage = await deps.store.readUsage({ apiKey: app.apiKey, ownerId, since, bucket })
  if (usage === undefined) throw interaction.noPage()
  return { app, period, pictures: picturesOf(usage, period, now) }
}
