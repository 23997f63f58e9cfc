import { ownServer } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'

test('GET /metrics tells Prometheus how many rows of each table are overdue', async () => {
  const { url } = await ownServer()
  const answer = await fetch(`${url}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\n')
  for (const line of lines)
    expect(line).toMatch(/^# (?:HELP|TYPE) [a-z_]+ .+$|^[a-z_]+(?:\{table="[a-z_]+"\})? \d+(?:\.\d+)?$/)
  expect(lines).toContain('stagedoor_overdue_rows{table="sessions"} 0')
  expect(lines).toContain('stagedoor_overdue_rows{table="refresh_tokens"} 0')
})
