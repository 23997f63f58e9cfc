import { interaction } from '../../errors/interaction.ts'
import type { Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import { monthOf } from '../../usage/rate-limit.ts'
import { chartsOf, lastDay, periods, sinceOf } from '../../usage/reports.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberPage } from '../session/member.ts'
import { usagePage } from '../views/developers/usage.tsx'
import { csvFile } from './csv-file.ts'
import type { DeveloperDeps } from './developer-deps.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'

/** `GET /developers/{api_key}/usage`: how much an app is used, in charts, and where it stands in its plan. */
export const showUsage = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { app, period, charts } = await usageOf(member, request, deps)
  const limits = deps.usage.plans.limitsOf(app.apiKey)
  const page = usagePage({
    page: pageOf(deps),
    app: listed(app, deps),
    period: period.name,
    periods,
    charts,
    limits,
    callsOfMonth: await deps.store.countCalls(app.apiKey, monthOf(deps.clock())),
  })
  return renderMember(200, page, member.cookies)
})

/** `GET /developers/{api_key}/usage/{chart}.csv`: the table behind a chart, to save. */
export const saveUsage = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const { app, period, charts } = await usageOf(member, request, deps)
  const chart = charts.find(({ name }) => `${name}.csv` === request.path('file'))
  if (chart === undefined) throw interaction.noPage()
  const { columns, rows } = chart
  const name = `${chart.name}-${period.name}`
  return csvFile({ name, columns, rows }, app.apiKey, member, request, deps)
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
  return { app, period, charts: chartsOf(usage, period, now) }
}
