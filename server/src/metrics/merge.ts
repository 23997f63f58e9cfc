/** What several processes together come to is their sum, but for these. */
const together: ReadonlyMap<string, (one: number, other: number) => number> = new Map([
  ['process_start_time_seconds', Math.min],
  ['stagedoor_event_loop_delay_seconds', Math.max],
])

interface Family {
  readonly name: string
  /** Its `HELP` and `TYPE`. */
  readonly head: string[]
  readonly values: Map<string, number>
}

/**
 * Makes one text of what several processes count, in the text format of Prometheus.
 * @param texts of processes that have the same instruments
 */
export function mergeMetrics(texts: readonly string[]): string {
  const families = new Map<string, Family>()
  for (const text of texts)
    for (const { name, head, values } of familiesOf(text)) {
      const known = families.get(name)
      if (known === undefined) families.set(name, { name, head, values: new Map(values) })
      else add(values, known)
    }
  return textOf(families.values())
}

/** What of a text only grows: the counts that must not be less once their process has ended. */
export function countsOf(text: string): string {
  const isCount = ({ name, head }: Family) =>
    head.some((line) => /^# TYPE \S+ (?:counter|histogram)$/.test(line)) && !together.has(name)
  return textOf(familiesOf(text).filter(isCount))
}

function add(values: ReadonlyMap<string, number>, { name, values: known }: Family): void {
  const combine = together.get(name) ?? ((one: number, other: number) => one + other)
  for (const [series, value] of values) {
    const before = known.get(series)
    known.set(series, before === undefined ? value : combine(before, value))
  }
}

function familiesOf(text: string): readonly Family[] {
  const families: Family[] = []
  for (const line of text.split('\n')) {
    const [, kind, name = ''] = /^# (HELP|TYPE) (\S+)/.exec(line) ?? []
    if (kind === 'HELP') families.push({ name, head: [line], values: new Map() })
    else if (kind === 'TYPE') families.at(-1)?.head.push(line)
    else {
      const space = line.lastIndexOf(' ')
      if (space > 0) families.at(-1)?.values.set(line.slice(0, space), Number(line.slice(space + 1)))
    }
  }
  return families
}

const textOf = (families: Iterable<Family>): string =>
  Array.from(families)
    .flatMap(({ head, values }) => [
      ...head,
      ...Array.from(values, ([series, value]) => `${series} ${value}`),
    ])
    .join('\n')
