import { expect, test } from 'vitest'
import { faultsOf } from '../house.ts'

const file = (path: string, lines: number, text = '\n') => ({ path, text: text.repeat(lines) })

test('a plain house has no faults', () => {
  expect(faultsOf([file('server/src/main.ts', 20), file('server/src/oauth/token.ts', 60)])).toEqual([])
})

test('what is too long, loose or borrowed is named', () => {
  const faults = faultsOf([
    file('sdk/src/api/generated.ts', 900),
    file('server/src/oauth/token.ts', 301),
    ...['a', 'b', 'c'].map((name) => file(`server/src/oauth/${name}.ts`, 20)),
    file('server/src/utils.ts', 10),
    file('e2e/a.test.ts', 1, `import { a } from '${'..'}/server/test/a.ts'\n`),
  ])
  expect(faults).toEqual([
    'server/src/oauth/token.ts has 301 lines, more than 300',
    'server/src/utils.ts belongs into a room',
    'e2e/a.test.ts imports ../server/test/a.ts: put it into testkit',
  ])
})
