import type { Platform } from './platform.ts'

/** A lock where all instances share one process: tasks of one name run one after another. */
export function processLock(): Platform['lock'] {
  const last = new Map<string, Promise<unknown>>()
  return (name, task) => {
    const result = (last.get(name) ?? Promise.resolve()).then(task)
    const ended: Promise<unknown> = result
      .catch(() => {})
      .then(() => {
        if (last.get(name) === ended) last.delete(name)
      })
    last.set(name, ended)
    return result
  }
}
