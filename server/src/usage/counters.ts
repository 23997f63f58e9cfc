import type { AppUsage, FlowEvent, Instant, Milestone, UsageMetric } from '../store/contract/store.ts'

const hourLength = 3_600_000
// What a store that fails for long may make the process hold, for each app.
const mostEvents = 1000
const mostUsers = 20_000
// Users of one write: more would hold up the event loop.
const usersAtOnce = 500

interface HourTally {
  /** By what is counted, and its label. */
  readonly counts: Map<UsageMetric, Map<string, number>>
  readonly users: Set<number>
}

interface AppTally {
  readonly hours: Map<Instant, HourTally>
  readonly milestones: Map<Milestone, Instant>
  events: FlowEvent[]
}

/** Sums up what happens in apps until it is taken away to be stored. */
export class Tally {
  #apps = new Map<string, AppTally>()

  /** Counts something of an app: once, unless `times` says otherwise. */
  count(apiKey: string, at: Instant, metric: UsageMetric, label = '', times = 1): void {
    const { counts } = hourOf(this.#of(apiKey), at)
    const labels = counts.get(metric) ?? new Map<string, number>()
    if (labels.size === 0) counts.set(metric, labels)
    labels.set(label, (labels.get(label) ?? 0) + times)
  }

  /** Remembers that a user was active in an app. */
  see(apiKey: string, at: Instant, userId: number): void {
    const app = this.#of(apiKey)
    if (usersIn(app) < mostUsers) hourOf(app, at).users.add(userId)
  }

  /** Remembers that an app has done something; the first time is kept. */
  reach(apiKey: string, at: Instant, milestone: Milestone): void {
    const { milestones } = this.#of(apiKey)
    if (!milestones.has(milestone)) milestones.set(milestone, at)
  }

  /** Adds an event to the flow log of an app; the newest are kept. */
  log(apiKey: string, event: FlowEvent): void {
    const app = this.#of(apiKey)
    app.events.push(event)
    if (app.events.length >= 2 * mostEvents) app.events = app.events.slice(-mostEvents)
  }

  /** Takes everything away, in parts that are written one by one. */
  take(): AppUsage[] {
    const apps = this.#apps
    this.#apps = new Map()
    return Array.from(apps, ([apiKey, app]) => partsOf(apiKey, app)).flat()
  }

  /** Takes back what could not be stored. */
  putBack({ apiKey, counts, users, events, milestones }: AppUsage): void {
    for (const { hour, metric, label, count } of counts) this.count(apiKey, hour, metric, label, count)
    for (const { userId, hour } of users) this.see(apiKey, hour, userId)
    for (const { name, at } of milestones) this.reach(apiKey, at, name)
    const app = this.#of(apiKey)
    app.events = [...events, ...app.events].slice(-mostEvents)
  }

  #of(apiKey: string): AppTally {
    const known = this.#apps.get(apiKey)
    if (known !== undefined) return known
    const app: AppTally = { hours: new Map(), milestones: new Map(), events: [] }
    this.#apps.set(apiKey, app)
    return app
  }
}

function hourOf({ hours }: AppTally, at: Instant): HourTally {
  const hour = at - (at % hourLength)
  const known = hours.get(hour)
  if (known !== undefined) return known
  const fresh: HourTally = { counts: new Map(), users: new Set() }
  hours.set(hour, fresh)
  return fresh
}

function usersIn({ hours }: AppTally): number {
  let sum = 0
  for (const { users } of hours.values()) sum += users.size
  return sum
}

function partsOf(apiKey: string, app: AppTally): AppUsage[] {
  const hours = [...app.hours]
  const users = hours.flatMap(([hour, of]) => Array.from(of.users, (userId) => ({ userId, hour })))
  const counts = hours.flatMap(([hour, of]) =>
    Array.from(of.counts, ([metric, labels]) =>
      Array.from(labels, ([label, count]) => ({ hour, metric, label, count })),
    ).flat(),
  )
  const milestones = Array.from(app.milestones, ([name, at]) => ({ name, at }))
  const parts: AppUsage[] = [
    {
      apiKey,
      milestones,
      counts,
      events: app.events.slice(-mostEvents),
      users: users.slice(0, usersAtOnce),
    },
  ]
  for (let from = usersAtOnce; from < users.length; from += usersAtOnce)
    parts.push({
      apiKey,
      counts: [],
      events: [],
      milestones: [],
      users: users.slice(from, from + usersAtOnce),
    })
  return parts
}
