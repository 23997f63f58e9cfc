/** What a tab keeps over a reload. A browser that forbids storage keeps nothing, and the app works without. */
export const remembered = {
  /** What was written under a key. */
  read<T>(key: string): T | null {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? 'null')
    } catch {
      return null
    }
  },
  /** Null forgets. */
  write<T>(key: string, value: T | null): void {
    try {
      if (value === null) sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, JSON.stringify(value))
    } catch {}
  },
}
