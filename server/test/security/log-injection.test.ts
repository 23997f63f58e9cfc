import { fileServer } from '@stagedoor/testkit/server'
import { expect, test } from 'vitest'
import { raw } from '../wire/socket.ts'

const server = await fileServer()
const lines = () => server.log().split('\n').filter(Boolean)

test('what strangers send is text inside one line of the log, and never a line of its own (IN-4)', async () => {
  const forged = '{"level":30,"msg":"forged"}'
  const marks = [`%0a${forged}`, '%0d%0a', '%1b[31m', '%e2%80%a8', '%00', '"}']
  const host = `localhost:${server.port}`
  for (const mark of marks)
    for (const path of [
      `/v1/users/handle/${mark}`,
      `/v1/oauth/authorize?app_name=${mark}&redirect_uri=${mark}`,
      `/${mark}`,
    ])
      await raw(
        server.url,
        `GET ${path.replaceAll('"', '%22')} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${forged}\r\nConnection: close\r\n\r\n`,
      )
  await expect.poll(() => lines().length).toBeGreaterThan(marks.length)
  for (const line of lines()) {
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
    expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' })
  }
})
