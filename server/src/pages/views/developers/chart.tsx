/** What a chart draws. */
export interface Bars {
  readonly name: string
  readonly title: string
  readonly layout: 'time' | 'list'
  readonly bars: readonly { readonly label: string; readonly value: number }[]
}

const height = 150
// What is left for the words above and below the bars.
const top = 18
const bottom = 20
const rowHeight = 40
const mostRows = 10

// Across, everything is in percent: the picture takes any width, and its words keep their size.
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)}%`

/** Draws bars: side by side in time, or one below the other. Whoever cannot see it hears what it shows. */
export function Chart({ chart }: { chart: Bars }) {
  const rows = chart.bars.slice(0, mostRows)
  const most = Math.max(1, ...chart.bars.map(({ value }) => value))
  const isInTime = chart.layout === 'time'
  return (
    <svg
      class="chart"
      role="img"
      width="100%"
      height={isInTime ? height : rows.length * rowHeight}
      aria-labelledby={`${chart.name}-title ${chart.name}-desc`}
    >
      <title id={`${chart.name}-title`}>{chart.title}</title>
      <desc id={`${chart.name}-desc`}>{described(chart)}</desc>
      {isInTime ? <Columns bars={chart.bars} most={most} /> : <Rows bars={rows} most={most} />}
    </svg>
  )
}

function described({ layout, bars }: Bars): string {
  const [first] = bars
  const last = bars.at(-1)
  if (layout === 'list') return bars.map(({ label, value }) => `${label}: ${value}.`).join(' ')
  const peak = bars.reduce((one, other) => (other.value > one.value ? other : one), { label: '', value: 0 })
  const span = `From ${first?.label} to ${last?.label} (UTC).`
  return peak.value === 0 ? span : `${span} The most were ${peak.value}, at ${peak.label}.`
}

function Columns({ bars, most }: { bars: Bars['bars']; most: number }) {
  const room = height - top - bottom
  return (
    <>
      <text x="0" y="12">
        {most.toLocaleString('en')}
      </text>
      <line x1="0" x2="100%" y1={height - bottom} y2={height - bottom} />
      {bars.map(({ label, value }, at) => {
        const tall = value === 0 ? 0 : Math.max(2, (room * value) / most)
        return (
          <rect
            key={label}
            x={percent(at + 0.12, bars.length)}
            width={percent(0.76, bars.length)}
            y={(height - bottom - tall).toFixed(1)}
            height={tall.toFixed(1)}
            rx="2"
          >
            <title>{`${label}: ${value}`}</title>
          </rect>
        )
      })}
      <text x="0" y={height - 5}>
        {bars[0]?.label}
      </text>
      <text x="100%" y={height - 5} class="end">
        {bars.at(-1)?.label}
      </text>
    </>
  )
}

function Rows({ bars, most }: { bars: Bars['bars']; most: number }) {
  return (
    <>
      {bars.map(({ label, value }, at) => (
        <g key={label}>
          <text x="0" y={at * rowHeight + 14}>
            {label}
          </text>
          <text x="100%" y={at * rowHeight + 14} class="end">
            {value.toLocaleString('en')}
          </text>
          <rect class="track" x="0" y={at * rowHeight + 21} width="100%" height="10" rx="3" />
          <rect x="0" y={at * rowHeight + 21} width={percent(value, most)} height="10" rx="3" />
        </g>
      ))}
    </>
  )
}
