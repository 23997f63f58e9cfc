import { Miniflare } from 'miniflare'
import { describe, expect, test } from 'vitest'
import { bundled, sentBack, versionOf } from './harness.ts'
import { apiKey, server, works } from './world.ts'

describe('workerd', () => {
  const dates = ['2024-09-02', '2025-06-01', '2026-03-01']

  test.each(dates)('logs in as a server does, compatible with %s (L7)', async (compatibilityDate) => {
    const redirectUri = 'http://localhost:8787/callback'
    const APP = JSON.stringify({ apiKey, redirectUri, apiEndpoint: server.url })
    const script = await bundled('worker.js', ['workerd', 'worker'])
    const worker = new Miniflare({ modules: true, script, compatibilityDate, bindings: { APP } })
    try {
      const ask = async (path: string, body?: object) => {
        const init = body && { method: 'POST', body: JSON.stringify(body) }
        const response = await worker.dispatchFetch(`http://localhost${path}`, init)
        return JSON.parse(await response.text())
      }
      const { url, transaction } = await ask('/begin')
      const callback = await sentBack(server.url, url)
      expect(await ask('/callback', { callback, transaction })).toEqual({ handle: 'nova' })
      expect(await ask('/callback', { callback, transaction })).toEqual({ code: 'invalid_grant' })
      expect(await ask('/login')).toEqual({ code: 'no_page' })
    } finally {
      await worker.dispose()
    }
  })

  test('is in the table', () => {
    works(
      'Cloudflare Workers (workerd by miniflare)',
      versionOf('miniflare'),
      `a server’s login, compatible with ${dates.join(', ')}`,
    )
  })
})
