import { ownServer } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'

test('GET /metrics tells Prometheus of memory, processor time and rows that are overdue, and nothing of anybody', async () => {
  const { url } = await ownServer()
  const answer = await fetch(`${url}/metrics`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\n')
  for (const line of lines)
    expect(line).toMatch(/^# (?:HELP|TYPE) [a-z_]+ .+$|^[a-z_]+(?:\{table="[a-z_]+"\})? \d+(?:\.\d+)?$/)
  expect(lines).toContain('stagedoor_overdue_rows{table="sessions"} 0')
  expect(lines).toContain('stagedoor_overdue_rows{table="refresh_tokens"} 0')
  expect(lines.some((line) => /^process_resident_memory_bytes \d{7,}$/.test(line))).toBe(true)
  expect(lines.some((line) => line.startsWith('process_cpu_seconds_total '))).toBe(true)
})
