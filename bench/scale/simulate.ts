/** Nodes on one database, and what they ask it for. Times in milliseconds. */
export interface Installation {
  readonly nodes: number
  /** Checks of tokens a second that come to one node. */
  readonly checks: number
  /** How long a node believes what it was told of a token; 0 where each check asks the database. */
  readonly remembered: number
  /** What part of the checks is for a token that the node was told of within that time. */
  readonly repeated: number
  readonly cores: number
  /** Of the database's CPU, for one check. */
  readonly cost: number
  /** From the node to the database or back. */
  readonly trip: number
}

export interface Outcome {
  /** What part of the database's cores is at work. */
  readonly load: number
  /** How long the database takes to answer 99 of 100 checks. */
  readonly slowCheck: number
  /** From the commit of a revocation until the last node has stopped to accept the token: of half, and of 99 in 100. */
  readonly revokedHalf: number
  readonly revokedMost: number
}

const events = 40_000
const revocations = 800

/** Numbers between 0 and 1 that are the same in every run (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)] ?? 0
const ascending = (one: number, other: number) => one - other

/**
 * Lets checks come at random to a database that serves them in their order, and revokes a token that every node is asked for all
 * the time. A check that has read before the commit is accepted after it; a node that remembers goes on until it forgets.
 */
export function simulate(installation: Installation): Outcome {
  const { nodes, checks, remembered, repeated, cores, cost, trip } = installation
  const random = numbers(nodes)
  const exponential = (mean: number) => -mean * Math.log(random())
  const asked = nodes * checks * (remembered > 0 ? 1 - repeated : 1)
  const load = (asked * cost) / 1000 / cores
  if (load >= 1) return { load, slowCheck: Infinity, revokedHalf: Infinity, revokedMost: Infinity }

  const free = new Float64Array(cores)
  const waits: number[] = []
  const [starts, ends] = [new Float64Array(events), new Float64Array(events)]
  let now = 0
  for (let n = 0; n < events; n += 1) {
    now += exponential(1000 / asked)
    let core = 0
    for (let other = 1; other < cores; other += 1) if ((free[other] ?? 0) < (free[core] ?? 0)) core = other
    const start = Math.max(now, free[core] ?? 0)
    const end = start + exponential(cost)
    free[core] = end
    waits.push(end - now + 2 * trip)
    starts[n] = start
    ends[n] = end
  }

  const until: number[] = []
  const step = Math.floor(events / revocations)
  for (let n = step; n + step < events; n += step) {
    const commit = starts[n] ?? 0
    let last = commit
    // Whatever began to read so long ago has ended.
    for (let m = Math.max(0, n - 1_000); m < n; m += 1) {
      const end = ends[m] ?? 0
      if ((starts[m] ?? 0) <= commit && end + trip > last) last = end + trip
    }
    const forgotten = Array.from({ length: remembered > 0 ? nodes : 0 }, () => random() * remembered)
    until.push(Math.max(last - commit, ...forgotten))
  }
  until.sort(ascending)
  waits.sort(ascending)
  return { load, slowCheck: at(waits, 0.99), revokedHalf: at(until, 0.5), revokedMost: at(until, 0.99) }
}
