import { describe, expect, test } from 'vitest'
import type { Route, RouteGroup } from '../../src/http/route.ts'
import { RouteTable } from '../../src/http/route-table.ts'

const route = (path: string, method: Route['method'] = 'GET'): Route => ({
  ...{ path, method, audience: 'apps', pace: null },
  answer: () => ({ status: 200, headers: {}, body: path }),
})
const tableOf = (groups: readonly RouteGroup[], routes: readonly Route[] = [route('/here')]) =>
  new RouteTable(routes, groups, () => () => undefined)

/** A group whose loads are counted, and fail as long as they are told to. */
function groupOf(under: RegExp, ...paths: readonly string[]) {
  const group = { under, loads: 0, isBroken: false, load }
  async function load() {
    group.loads += 1
    if (group.isBroken) throw new Error('There is no such file.')
    return paths.map((path) => route(path))
  }
  return group
}
const pathAt = async (table: RouteTable, pathname: string) => (await table.find(pathname))?.value.path

describe('a group of routes', () => {
  test('is loaded once, by the first requests that may be for one of its routes', async () => {
    const [api, rest] = [groupOf(/^\/v1/, '/v1/me', '/v1/a/:id'), groupOf(/^/, '/', '/docs/*')]
    const table = tableOf([api, rest])
    expect(await pathAt(table, '/here')).toBe('/here')
    expect([api.loads, rest.loads]).toEqual([0, 0])
    const paths = ['/v1/me', '/v1/a/7', '/v1/me'].map((pathname) => pathAt(table, pathname))
    expect(await Promise.all(paths)).toEqual(['/v1/me', '/v1/a/:id', '/v1/me'])
    expect([api.loads, rest.loads]).toEqual([1, 0])
    expect(await pathAt(table, '/nowhere')).toBeUndefined()
    expect(await pathAt(table, '/docs/x')).toBe('/docs/*')
    expect([api.loads, rest.loads]).toEqual([1, 1])
  })

  test('that could not be loaded is loaded by the next request', async () => {
    const rest = groupOf(/^/, '/docs')
    const table = tableOf([rest])
    rest.isBroken = true
    await expect(pathAt(table, '/docs')).rejects.toThrow('no such file')
    await expect(table.load()).rejects.toThrow('no such file')
    rest.isBroken = false
    expect(await pathAt(table, '/docs')).toBe('/docs')
    expect(rest.loads).toBe(3)
  })

  test('is loaded ahead, and no more afterwards', async () => {
    const rest = groupOf(/^/, '/docs')
    const table = tableOf([rest])
    await table.load()
    // Not a promise any more.
    expect(table.find('/docs')).toMatchObject({ value: { path: '/docs' } })
    expect(table.find('/nowhere')).toBeUndefined()
    expect(rest.loads).toBe(1)
  })

  test('has no route that its addresses would not find', async () => {
    await expect(pathAt(tableOf([groupOf(/^\/v1/, '/v2')]), '/v1')).rejects.toThrow('/v2 is not among')
  })
})

test('no two routes answer the same', () =>
  expect(() => tableOf([], [route('/a'), route('/a')])).toThrow('Two routes answer GET /a.'))
