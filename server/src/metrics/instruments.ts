/** The labels of one series; what they hold must be of few values, as each is kept for ever. */
export type Labels = Readonly<Record<string, string>>

/** Something that is measured, as Prometheus reads it (its text format, version 0.0.4). */
export interface Instrument {
  lines(): readonly string[]
}

export interface Counter extends Instrument {
  add(labels?: Labels): void
  /** What adds to one series, found once. */
  of(labels: Labels): () => void
}

export interface Histogram extends Instrument {
  /** What observes values of one series, found once. */
  of(labels: Labels): (value: number) => void
}

/** What only grows. @param first series that are there, at 0, before anything has happened */
export function counter(name: string, help: string, first: readonly Labels[] = []): Counter {
  const counts = new Map(first.map((labels) => [keyOf(labels), { labels, count: 0 }]))
  const counted = (labels: Labels) => {
    const key = keyOf(labels)
    const one = counts.get(key) ?? { labels, count: 0 }
    counts.set(key, one)
    return one
  }
  return {
    add: (labels = {}) => {
      counted(labels).count += 1
    },
    of(labels) {
      const one = counted(labels)
      return () => {
        one.count += 1
      }
    },
    lines: () => [
      ...head(name, 'counter', help),
      ...Array.from(counts.values(), ({ labels, count }) => `${name}${series(labels)} ${count}`),
    ],
  }
}

/** What is so much at the moment. @param type `counter` for what somebody else counts */
export const gauge = (
  name: string,
  help: string,
  read: () => readonly (readonly [labels: Labels, value: number])[],
  type: 'gauge' | 'counter' = 'gauge',
): Instrument => ({
  lines: () => [
    ...head(name, type, help),
    ...read().map(([labels, value]) => `${name}${series(labels)} ${value}`),
  ],
})

/** How values are spread. @param bounds what a value is at most in each bucket, ascending */
export function histogram(name: string, help: string, bounds: readonly number[]): Histogram {
  const spreads = new Map<string, { readonly labels: Labels; readonly counts: number[]; sum: number }>()
  return {
    of(labels) {
      const key = keyOf(labels)
      const spread = spreads.get(key) ?? { labels, counts: Array(bounds.length + 1).fill(0), sum: 0 }
      spreads.set(key, spread)
      return (value) => {
        const at = bounds.findIndex((bound) => value <= bound)
        const bucket = at < 0 ? bounds.length : at
        spread.counts[bucket] = (spread.counts[bucket] ?? 0) + 1
        spread.sum += value
      }
    },
    lines: () => [
      ...head(name, 'histogram', help),
      ...Array.from(spreads.values()).flatMap(({ labels, counts, sum }) => {
        let total = 0
        const buckets = counts.map((count, at) => {
          total += count
          return `${name}_bucket${series({ ...labels, le: String(bounds[at] ?? '+Inf') })} ${total}`
        })
        return [...buckets, `${name}_sum${series(labels)} ${sum}`, `${name}_count${series(labels)} ${total}`]
      }),
    ],
  }
}

const head = (name: string, type: string, help: string) => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
]

// The labels of one instrument have the same names in the same order, so their values tell them apart.
function keyOf(labels: Labels): string {
  let key = ''
  for (const name in labels) key += `${labels[name]}\n`
  return key
}

function series(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
