/** A value that others watch, in the shape that `useSyncExternalStore` takes. */
export interface Store<T> {
  /** What it holds before it was looked at, and on a server. */
  readonly initial: T
  /** The same object until it is another. */
  snapshot(): T
  /**
   * Calls back when the snapshot is another.
   *
   * @returns How to stop.
   */
  subscribe(listener: () => void): () => void
}

export interface Kept<T> extends Store<T> {
  set(changes: Partial<T>): void
}

/**
 * A store that listens to something while anyone listens to it.
 *
 * @param start Adds how to stop what it listens to.
 */
export function keep<T>(initial: T, start: (stops: (() => void)[]) => void): Kept<T> {
  const listeners = new Set<() => void>()
  const stops: (() => void)[] = []
  let value = initial
  return {
    initial,
    snapshot: () => value,
    set: (changes) => {
      value = { ...value, ...changes }
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      // The same function may listen twice.
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1) start(stops)
      return () => {
        if (listeners.delete(own) && !listeners.size) for (const stop of stops.splice(0)) stop()
      }
    },
  }
}
