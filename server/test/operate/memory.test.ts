import { installation, served, temporaryFolder } from '@stagedoor/testkit/command'
import { expect, test } from 'vitest'
import { youngBytes } from '../../src/cli/young-generation.ts'

/** Makes much, keeps a part of it for a while, says how much room that was given, and ends the server. */
const makeMuch = `
  const { getHeapSpaceStatistics } = process.getBuiltinModule('node:v8')
  const kept = []
  let turn = 0
  const work = () => {
    for (let at = 0; at < 20_000; at += 1) kept[(turn * 20_000 + at) % 200_000] = { at, text: 'made ' + at + turn }
    turn += 1
    if (turn < 150) return setImmediate(work)
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')
    console.error('young bytes: ' + young.space_size)
    process.kill(process.pid, 'SIGTERM')
  }
  process.once('SIGUSR2', work)`

test('what was just made is held in bounds, however much memory the machine has', async () => {
  const server = await served(['serve'], {
    ...(await installation(temporaryFolder())),
    // What V8 allows itself on a big machine.
    NODE_OPTIONS: `--max-semi-space-size=64 --import data:text/javascript,${encodeURIComponent(makeMuch)}`,
  })
  expect(await server.end('SIGUSR2')).toEqual([0, null])
  // V8 adds a few pages for what it has just moved; the next size that it grows to is twice the bound.
  expect(Number(/young bytes: (\d+)/.exec(server.log())?.[1])).toBeLessThan(1.5 * youngBytes)
})
