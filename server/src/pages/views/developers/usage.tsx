import type { Page } from '../page.ts'
import { appLayout } from './app-layout.tsx'
import type { ListedApp } from './apps.tsx'
import { type Bars, Chart } from './chart.tsx'

interface ChartWords extends Bars {
  /** What it shows, in a sentence. */
  readonly summary: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

interface UsageWords {
  readonly page: Page
  readonly app: ListedApp
  /** The name of the period that is shown. */
  readonly period: string
  readonly periods: readonly { readonly name: string; readonly words: string }[]
  readonly charts: readonly ChartWords[]
  /** Of the app's plan; null for one without. */
  readonly limits: { readonly perSecond: number; readonly burst: number; readonly perMonth: number } | null
  /** API calls of this month by the app's access tokens. */
  readonly callsOfMonth: number
}

/** The page of how much an app is used. */
export function usagePage(words: UsageWords): string {
  const { page, app, period, periods, charts, limits, callsOfMonth } = words
  const path = `/developers/${app.apiKey}/usage`
  return appLayout({
    page,
    app,
    tab: 'Usage',
    children: (
      <>
        <Plan limits={limits} calls={callsOfMonth} />
        <nav class="choices" aria-label="Period">
          {periods.map(({ name, words }) => (
            <a key={name} href={`${path}?period=${name}`} aria-current={period === name ? 'true' : undefined}>
              {words}
            </a>
          ))}
        </nav>
        <p class="quiet">Hours and days are in UTC. The last of them is under way.</p>
        {charts.map((chart) => (
          <ChartSection key={chart.name} chart={chart} path={path} period={period} />
        ))}
      </>
    ),
  })
}

function Plan({ limits, calls }: { limits: UsageWords['limits']; calls: number }) {
  const used = calls.toLocaleString('en')
  if (limits === null)
    return (
      <section>
        <h2>Plan: Unlimited</h2>
        <p>{used} API calls with the app’s access tokens this month.</p>
      </section>
    )
  const all = limits.perMonth.toLocaleString('en')
  return (
    <section>
      <h2>Plan: Free</h2>
      <p id="plan">
        {used} of {all} API calls this month
      </p>
      <meter aria-labelledby="plan" max={limits.perMonth} high={limits.perMonth * 0.8} value={calls} />
      <p class="quiet">
        {limits.perSecond} calls a second, and {limits.burst} at once after a pause. What is beyond is
        answered with 429 and when to try again. Calls count that bear an access token of the app; logging in,
        refreshing and revoking are no calls.
      </p>
    </section>
  )
}

interface PictureProps {
  readonly chart: ChartWords
  readonly path: string
  readonly period: string
}

// What fills a chart that is empty.
const whenEmpty: Readonly<Record<string, string>> = {
  logins: 'A login counts here once your app has exchanged its code for tokens. Test login is not counted.',
  funnel: 'It begins when your app sends somebody to the authorization page.',
  'active-users': 'Somebody is active in an hour in which they log in, or your app calls the API for them.',
  calls: 'A call counts that has an access token of your app, or names its key.',
  errors:
    'Nothing went wrong in this time. What is refused later stands here by its code, and in the log with what to do about it.',
}

function ChartSection({ chart, path, period }: PictureProps) {
  const { name, title, summary, columns, rows } = chart
  return (
    <section class="difference">
      <h2>{title}</h2>
      <p>{summary}</p>
      {chart.bars.every(({ value }) => value === 0) && <p class="quiet">{whenEmpty[name] ?? ''}</p>}
      {rows.length > 0 && (
        <>
          {chart.bars.some(({ value }) => value > 0) && <Chart chart={chart} />}
          <details>
            <summary>{title} as a table</summary>
            <table>
              <thead>
                <tr>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column.replaceAll('_', ' ')}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(([head, ...cells]) => (
                  <tr key={head}>
                    <th scope="row">{head}</th>
                    {cells.map((cell, at) => (
                      <td key={columns[at + 1]}>{cell.toLocaleString('en')}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
      <p>
        <a href={`${path}/${name}.csv?period=${period}`} download>
          {title} as CSV
        </a>
      </p>
    </section>
  )
}
