/**
 * Makes what is loaded with its first use: everybody who asks meanwhile waits for the same load, and one that failed is
 * tried again by whoever asks next.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
