import { Readable } from 'node:stream'

const mostOfApp = 5
const mostOfOwner = 20
const mostInAll = 1000
const heartbeat = 10_000
/** What happens at once is told once, in milliseconds. */
const debounceMs = 300

/** Followed in place of an app's key, this is told of what happens in any app. No app has it. */
export const everyApp = 'every app'

interface Follower {
  readonly apiKey: string
  readonly ownerId: number
  knowsOfCalls: boolean
  tell(): void
  end(): void
}

/** Tells whoever has an app's pages open that something has happened, as server-sent events. */
export class LiveLog {
  readonly #followers = new Set<Follower>()

  /**
   * A stream of server-sent events, one for whatever happens in an app; undefined when too many are open.
   * @param mayFollow asked before anything is told: once it is false, or fails, the stream ends
   */
  follow(
    { apiKey, ownerId }: Pick<Follower, 'apiKey' | 'ownerId'>,
    mayFollow: () => Promise<boolean>,
  ): Readable | undefined {
    const ofApp = [...this.#followers].filter((follower) => follower.apiKey === apiKey)
    const ofOwner = [...this.#followers].filter((follower) => follower.ownerId === ownerId)
    const isFull = this.#followers.size >= mostInAll
    if (ofApp.length >= mostOfApp || ofOwner.length >= mostOfOwner || isFull) return undefined
    const stream = new Readable({ read: () => {} })
    let waiting: NodeJS.Timeout | undefined
    const tell = async (text: string) => {
      const isAllowed = await mayFollow().catch(() => false)
      if (stream.destroyed) return
      if (isAllowed && stream.readableLength < stream.readableHighWaterMark) stream.push(text)
      else stream.push(null)
    }
    const beating = setInterval(() => tell(':\n\n'), heartbeat)
    const follower: Follower = {
      apiKey,
      ownerId,
      knowsOfCalls: false,
      tell: () => {
        waiting ??= setTimeout(() => {
          waiting = undefined
          tell('event: change\ndata:\n\n')
        }, debounceMs)
      },
      end: () => stream.push(null),
    }
    stream.once('close', () => {
      clearInterval(beating)
      clearTimeout(waiting)
      this.#followers.delete(follower)
    })
    this.#followers.add(follower)
    stream.push(':\n\n')
    return stream
  }

  /** The apps that somebody follows. */
  followed(): readonly Pick<Follower, 'apiKey' | 'ownerId'>[] {
    return [...new Map(Array.from(this.#followers, (follower) => [follower.apiKey, follower])).values()]
  }

  /** Something has happened in an app. */
  changed(apiKey: string): void {
    if (this.#followers.size === 0) return
    for (const follower of this.#followers)
      if (follower.apiKey === apiKey || follower.apiKey === everyApp) follower.tell()
  }

  /** An app called the API. Whoever follows it is told of the first time alone: it ticks the checklist. */
  called(apiKey: string): void {
    for (const follower of this.#followers) {
      if (follower.apiKey !== apiKey || follower.knowsOfCalls) continue
      follower.knowsOfCalls = true
      follower.tell()
    }
  }

  /** Ends every stream; the server stops. */
  end(): void {
    for (const follower of this.#followers) follower.end()
  }
}
