/** A value that others watch, in the shape that `useSyncExternalStore` takes. */
export interface Store<T> {
  /** What it holds before it was looked at, and on a server. */
  readonly initial: T
  /** The same object until it is another. */
  snapshot(): T
  /**
   * Calls back when the snapshot is another.
   *
   * @param listener A function that listens to nothing else here: it is told apart by itself.
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
 * @param start Answers how to stop what it listens to.
 */
export const keep = <T>(initial: T, start: () => readonly (() => void)[]): Kept<T> => {
  const listeners = new Set<() => void>()
  let stops: readonly (() => void)[]
  let value = initial
  return {
    initial,
    snapshot: () => value,
    set: (changes) => {
      value = { ...value, ...changes }
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      if (listeners.add(listener).size === 1) stops = start()
      return () => {
        if (listeners.delete(listener) && !listeners.size) for (const stop of stops) stop()
      }
    },
  }
}
