import { interaction } from '../../errors/interaction.ts'
import type { App } from '../../store/contract/store.ts'
import { chartsOf, lastWeek, sinceOf } from '../../usage/reports.ts'
import type { GlanceWords } from '../views/developers/glance.tsx'
import { causesOf, mostOfCauses } from './causes.ts'
import type { DeveloperDeps } from './developer-deps.ts'

const shown: readonly string[] = ['logins', 'funnel', 'active-users']

/**
 * How an app has done in the last 7 days: its logins, how many came through, who was active, and why others were refused.
 * @throws PageError 404 when it is no app of this owner
 */
export async function glanceOf({ apiKey }: App, ownerId: number, deps: DeveloperDeps): Promise<GlanceWords> {
  await deps.usage.flush()
  const now = deps.clock()
  const since = sinceOf(lastWeek, now)
  const [usage, refused] = await Promise.all([
    deps.store.readUsage({ apiKey, ownerId, since, bucket: lastWeek.bucket }),
    deps.store.listFlowEvents({
      ...{ apiKey, ownerId, since },
      outcome: 'refused',
      before: Number.MAX_SAFE_INTEGER,
      limit: mostOfCauses,
    }),
  ])
  if (usage === undefined || refused === undefined) throw interaction.noPage()
  const charts = chartsOf(usage, lastWeek, now)
  return {
    sentences:
      usage.counts.length === 0
        ? []
        : charts.filter(({ name }) => shown.includes(name)).map(({ summary }) => summary),
    causes: causesOf(refused),
  }
}
