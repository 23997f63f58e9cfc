import { type App, type Pair, pairOf } from '@stagedoor/testkit/wire-app'
import type { Browser } from '@stagedoor/testkit/wire-browser'

/** Somebody whose tokens are refreshed without pause; what fails in between is told and asked for again. */
export class Refresher {
  readonly failures: string[] = []
  readonly answered: Pair[] = []
  isOver = false
  readonly app: App
  constructor(app: App, first: Pair) {
    this.app = app
    this.answered.push(first)
  }

  get last(): Pair {
    const last = this.answered.at(-1)
    if (last === undefined) throw new Error('There is no pair')
    return last
  }

  async run(): Promise<void> {
    while (!this.isOver) {
      try {
        const answer = await this.app.refresh(this.last.refresh)
        if (answer.status === 200) this.answered.push(pairOf(answer))
        else {
          this.failures.push(`${answer.status} ${JSON.stringify(answer.body)}`)
          if (answer.status !== 503) return
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      } catch (error) {
        this.failures.push(String(error))
        return
      }
    }
  }
}

/** What last went wrong at those that have had fewer than so many answers since. */
export const stuckOf = (refreshers: readonly Refresher[], counts: readonly number[], least: number) =>
  refreshers
    .filter(({ answered }, n) => answered.length < (counts[n] ?? 0) + least)
    .map(({ failures }) => failures.at(-1))

export const refreshersAt = (app: App, home: App, browser: Browser, count: number) =>
  Promise.all(Array.from({ length: count }, async () => new Refresher(app, await home.pair(browser))))
