import { address } from './clients.ts'
import { type Answer, Connection, headerOf, request } from './connection.ts'
import type { Installed } from './stagedoor.ts'

const compressed = { 'accept-encoding': 'gzip, deflate, br, zstd' }

/** Bytes that a browser is sent, heads and all, from an app's request to the whole of the page where one signs in. */
export async function pageWeight({ server, authorize }: Installed): Promise<number> {
  const { host } = new URL(server.url)
  const connection = new Connection(server.port)
  const get = async (path: string, headers: Readonly<Record<string, string>>): Promise<Answer> => {
    const answer = await connection.ask(request(`GET ${path}`, { host, ...headers }, address(0)))
    if (answer.status >= 400) throw new Error(answer.head)
    return answer
  }
  try {
    const begun = await get(authorize('read').path, compressed)
    const cookie = headerOf(begun, 'set-cookie')?.split(';')[0] ?? ''
    const page = headerOf(begun, 'location') ?? ''
    const answers = [begun, await get(page, { ...compressed, cookie })]
    const { body: markup } = await get(page, { cookie })
    const loaded = markup.matchAll(/<(?:link|script|img)[^>]* (?:href|src)="(\/[^"]+)"/g)
    for (const path of new Set(Array.from(loaded, ([, path = '']) => path)))
      answers.push(await get(path, { ...compressed, cookie }))
    return answers.reduce((sum, { head, bytes }) => sum + head.length + 4 + bytes.length, 0)
  } finally {
    await connection.end()
  }
}
