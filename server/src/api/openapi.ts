import type { TObject, TSchema } from 'typebox'
import { Type } from 'typebox'
import type { Access } from './caller.ts'
import { isCreation, type Resource } from './resource.ts'

type Json = Readonly<Record<string, unknown>>

const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong, in words for the developer.' }),
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
    error: Type.String({ description: 'The same as a code of RFC 6749 or RFC 6750.' }),
    error_description: Type.String({ description: 'The same as `detail`.' }),
  },
  { title: 'Problem', description: 'Problem details (RFC 9457) with the members that OAuth clients read.' },
)

/** Describes the API as a document of OpenAPI 3.1. */
export function openApi(
  resources: readonly Resource[],
  about: { readonly publicUrl: string; readonly brand: string },
) {
  const schemas = new Map<string, unknown>()
  const paths: Record<string, Record<string, Json>> = {}
  for (const resource of resources) {
    const methods = paths[resource.path] ?? {}
    paths[resource.path] = { ...methods, [resource.method.toLowerCase()]: operation(resource, schemas) }
  }
  const { publicUrl, brand } = about
  return {
    openapi: '3.1.1',
    info: {
      title: `${brand} API`,
      version: '1',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
      description: `Profiles, tracks, playlists, libraries and comments. ${publicUrl}/docs/api shows the same for people.`,
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            authorizationCode: {
              authorizationUrl: `${publicUrl}/v1/oauth/authorize`,
              tokenUrl: `${publicUrl}/v1/oauth/token`,
              refreshUrl: `${publicUrl}/v1/oauth/token`,
              scopes: { read: 'See profile, tracks and library', write: 'Change them as well' },
            },
          },
        },
        management: {
          type: 'http',
          scheme: 'bearer',
          description: `A management token, which the owner of an account makes at ${publicUrl}/developers/tokens. No app has one.`,
        },
      },
    },
  }
}

const security: Readonly<Record<Access, readonly Json[]>> = {
  anyone: [{}, { oauth: [] }],
  read: [{ oauth: ['read'] }],
  write: [{ oauth: ['write'] }],
  'own-app': [{ oauth: ['write'] }, { management: [] }],
  management: [{ management: [] }],
}

function operation(resource: Resource, schemas: Map<string, unknown>): Json {
  const { name, group, summary, access, body, answer, beside } = resource
  const problem = {
    description: 'Refused, with the reason.',
    content: { 'application/problem+json': { schema: hoisted(Problem, schemas) } },
  }
  const good = {
    ...(answer !== null && {
      200: {
        description: 'Done.',
        content: { 'application/json': { schema: hoisted(answer, schemas) } },
      },
    }),
    ...(answer !== null &&
      resource.method === 'GET' &&
      access === 'anyone' && { 304: { description: 'It is what If-None-Match names.' } }),
    ...(beside === 'redirect' && {
      302: {
        description: 'Go to what was asked for.',
        headers: { Location: { schema: { type: 'string' } } },
      },
    }),
    ...(beside === 'attachment' && {
      200: { description: 'The file.', content: { 'application/octet-stream': {} } },
    }),
  }
  return {
    operationId: name,
    tags: [group],
    summary,
    security: security[access],
    parameters: [
      ...pathParameters(resource.path),
      ...queryParameters(resource.query, schemas),
      ...(isCreation(resource.method, body) ? [idempotencyKey] : []),
    ],
    ...(body !== null && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: hoisted(body, schemas) } },
      },
    }),
    responses: { ...good, '4XX': problem, '5XX': problem },
  }
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'A text made anew for each thing to create: sent again with it within a day, the same is answered, and nothing more created.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const ids: Readonly<Record<string, string>> = {
  id: 'A public id.',
  handle: 'A handle, in any case.',
  wallet: 'Any text: the access token says whose account it is.',
  api_key: 'An API key: 40 hex digits.',
}

const pathParameters = (path: string): Json[] =>
  Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: ids[name],
    schema: { type: 'string' },
  }))

function queryParameters(query: TObject, schemas: Map<string, unknown>): Json[] {
  return Object.entries(query.properties).map(([name, schema]) => {
    const isRequired = !Type.IsOptional(schema) && !('default' in schema)
    const { description, ...rest } = Object(hoisted(schema, schemas))
    return { name, in: 'query', ...(isRequired && { required: true }), description, schema: rest }
  })
}

/** A schema in which those with a title are references, and the titled ones are among the components. */
function hoisted(schema: TSchema, schemas: Map<string, unknown>): unknown {
  return walk(JSON.parse(JSON.stringify(schema)))

  function walk(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    const inside = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]))
    const { title } = inside
    if (typeof title !== 'string') return inside
    schemas.set(title, inside)
    return { $ref: `#/components/schemas/${title}` }
  }
}
