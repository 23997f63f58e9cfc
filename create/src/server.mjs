import { readFileSync } from 'node:fs'

/**
 * The server that handed this package out: it has written its address into it, and in development the sample app's key.
 *
 * @returns {{ url: string | null, apiKey: string | null, brand: string }}
 */
export function ownServer() {
  try {
    const { url, apiKey, brand } = JSON.parse(
      readFileSync(new URL('../server.json', import.meta.url), 'utf8'),
    )
    return { url, apiKey, brand }
  } catch {
    return { url: null, apiKey: null, brand: 'Audius' }
  }
}
