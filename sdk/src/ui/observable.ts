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
  set(value: T): void
}

/** A store that runs `start` while anyone listens, and then what that answered. */
export function keep<T>(initial: T, start: () => () => void): Kept<T> {
  const listeners = new Set<() => void>()
  let value = initial
  let stop = () => {}
  return {
    initial,
    snapshot: () => value,
    set: (next) => {
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe: (listener) => {
      // The same function may listen twice.
      const own = () => listener()
      listeners.add(own)
      if (listeners.size === 1) stop = start()
      return () => {
        if (listeners.delete(own) && listeners.size === 0) stop()
      }
    },
  }
}
