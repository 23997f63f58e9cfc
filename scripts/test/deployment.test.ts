import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { composeFaults } from '../deployment/compose.ts'
import { dockerfileFaults } from '../deployment/dockerfile.ts'
import { stagesOf } from '../deployment/image/instructions.ts'
import { kubernetesFaults } from '../deployment/kubernetes.ts'

const textOf = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8')

test('the image and its composition hold to what is asked of them', () => {
  expect(dockerfileFaults(textOf('Dockerfile'))).toEqual([])
  expect(composeFaults(textOf('compose.yaml'))).toEqual([])
})

test.each([
  ['FROM node:24-bookworm-slim', 'FROM node', 'a base has no tag, or is the latest'],
  ['USER node', 'USER root', 'it runs as root'],
  [
    'ENTRYPOINT ["node", "server/bin/stagedoor.mjs"]',
    'ENTRYPOINT node server/bin/stagedoor.mjs',
    /through a shell/,
  ],
  ['--no-install-recommends ', '', /what they recommend/],
  ['HEALTHCHECK ', 'LABEL ', 'nothing looks whether it is well'],
])('an image with %s changed is told of', (before, after, fault) => {
  const faults = dockerfileFaults(textOf('Dockerfile').replaceAll(before, after))
  expect(faults).toEqual([typeof fault === 'string' ? fault : expect.stringMatching(fault)])
})

test.each([
  ['image: postgres:18', 'image: postgres', 'postgres has no version in postgres'],
  ['  caddy:\n', '', 'caddy mounts caddy, which is not declared'],
  ['    KEY_SECRET:', '    KEYSECRET:', 'node-1 sets KEYSECRET, which the server does not read'],
  ['healthcheck:', 'health:', 'node-1 waits for the health of postgres, which nothing looks at'],
])('a composition with %j changed is told of', (before, after, fault) => {
  const text = textOf('compose.yaml')
  const at = text.lastIndexOf(before)
  expect(composeFaults(text.slice(0, at) + after + text.slice(at + before.length))).toContain(fault)
})

test('a service that selects nothing, and a way to a service that is not there, are told of', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: login }\nspec: { selector: { a: b }, ports: [] }'
  const backend = '{ service: { name: logins, port: { name: http } } }'
  const ingress = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: login }\nspec: { rules: [{ http: { paths: [{ path: /, backend: ${backend} }] } }] }`
  expect(kubernetesFaults(`${service}\n---\n${ingress}`)).toEqual([
    'Service login selects no pod',
    'Ingress login leads to a service that is not there',
  ])
})

test('an image is what its last stage says, after what the stages before have left', () => {
  const [build, image] = stagesOf(textOf('Dockerfile'))
  expect(build).toMatchObject({ name: 'build', base: 'node:24-bookworm-slim', user: 'root' })
  expect(build?.steps.map(({ name }) => name)).toEqual(['COPY', 'RUN', 'RUN'])
  expect(image).toMatchObject({
    user: 'node',
    folder: '/stagedoor',
    volumes: ['/var/lib/stagedoor'],
    command: ['node', 'server/bin/stagedoor.mjs', 'serve'],
    environment: { NODE_ENV: 'production', DATA_DIR: '/var/lib/stagedoor', PORT: '4400' },
  })
  expect(image?.steps[0]).toMatchObject({ name: 'RUN', folder: '/' })
  expect(image?.health.slice(0, 2)).toEqual(['node', '-e'])
})
