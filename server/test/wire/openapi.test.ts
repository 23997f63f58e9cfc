import { readdirSync, readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Browser } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { resources } from '../../src/api/resources.ts'
import { routePathOf } from '../../src/endpoints/api.ts'
import { errorWords } from '../../src/pages/docs/error-words.ts'
import { sdkErrorWords } from '../../src/pages/docs/sdk-error-words.ts'
import { apiServer } from './api.ts'

const { server, document, call } = await apiServer()

describe('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    const result = await validator.validate(Object(document.json))
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  test('holds patterns that every reader of JSON Schema can read', () => {
    const patterns = Array.from(JSON.stringify(document.json).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g))
    expect(patterns.length).toBeGreaterThan(10)
    for (const [, text = ''] of patterns) new RegExp(JSON.parse(text), 'u')
  })

  test('is public, and names this server', async () => {
    const response = await fetch(`${server.url}/v1/openapi.json`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({ openapi: '3.1.1', servers: [{ url: server.url }] })
  })

  test('has every call, each with a name of its own', () => {
    const names = resources.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const resource of resources) {
      const { [resource.path]: path } = Object(document.json).paths
      expect(Object(path)[resource.method.toLowerCase()]).toMatchObject({ operationId: resource.name })
    }
  })

  test('and every call is at a route that takes no other method', async () => {
    for (const path of new Set(resources.map(routePathOf))) {
      const allowed = resources
        .filter((resource) => routePathOf(resource) === path)
        .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
      const response = await fetch(server.url + path.replaceAll(/:\w+/g, 'x'), { method: 'OPTIONS' })
      expect(response.status, path).toBe(204)
      const answered = response.headers.get('access-control-allow-methods')?.split(', ')
      expect(answered?.toSorted(), path).toEqual(allowed.toSorted())
    }
  })

  test('says of every write that it takes a token with scope write, and of apps a management token', () => {
    const writes = resources.filter(({ method }) => method !== 'GET')
    const about = (group: string) => writes.filter((write) => write.group === group)
    for (const { access, group } of writes) if (group !== 'Apps') expect(access).toBe('write')
    expect(about('Apps').map(({ access, name }) => [name, access])).toEqual([
      ['removeGrant', 'own-app'],
      ['createDeveloperApp', 'management'],
      ['updateDeveloperApp', 'management'],
      ['deleteDeveloperApp', 'management'],
    ])
  })
})

test('the page shows every call before its script, which is of its own origin', async () => {
  const page = await new Browser(server.url).open('/docs/api')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  for (const { path, method } of resources) expect(page.text).toContain(`${method} ${path}`)
  expect(page.text).not.toMatch(/<script(?! src="\/assets\/)|(?:src|href)="https?:/)
  const anchors = Array.from(page.text.matchAll(/href="#([^"]+)"/g), ([, id]) => id)
  for (const id of anchors) expect(page.text).toContain(`id="${id}"`)
})

test('every error code of server and SDK has one place on the page of errors', async () => {
  const page = await (await fetch(`${server.url}/docs/errors`)).text()
  const ids = Array.from(page.matchAll(/<section id="(\w+)"/g), ([, id]) => id)
  expect(ids).toEqual([...new Set(ids)])
  const codes = [...errorWords, ...sdkErrorWords].map(({ code }) => code)
  expect(ids.sort()).toEqual([...new Set(codes)].sort())
})

test('no code is answered that the page of errors does not explain', () => {
  const source = new URL('../../src/', import.meta.url)
  const raised = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, source), 'utf8')
      return Array.from(
        text.matchAll(/new (?:OAuth|Redirect)Error\(\s*[\w.]+,\s*'(\w+)'/g),
        ([, code = '']) => code,
      )
    })
  const explained = errorWords.map(({ code }) => code)
  expect(raised).toContain('invalid_request')
  expect(raised.filter((code) => !explained.includes(code))).toEqual([])
})

test('a problem’s type leads to the words about it', async () => {
  const { body } = await call('GET', '/v1/users/nope')
  const [address = '', id] = String(body['type']).split('#')
  const page = await (await fetch(address)).text()
  expect(page).toContain(`id="${id}"`)
})
