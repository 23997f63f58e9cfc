import { type TSchema, Type } from 'typebox'
import { common } from '../../api/fields.ts'
import type { Resource } from '../../api/resource.ts'
import type { CallWords, FieldWords, SchemaWords } from './api-docs.tsx'

type Described = TSchema & { readonly description?: string; readonly title?: string }

const pathWords: Readonly<Record<string, string>> = {
  id: 'a public id',
  handle: 'a handle, in any case',
  api_key: 'an API key: 40 hex digits',
}

/** A call in words for people. */
export function callOf(resource: Resource, publicUrl: string): CallWords {
  const { method, path, name, group, summary, access, query, body, answer, beside } = resource
  const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, parameter = '']) => ({
    name: parameter,
    isRequired: true,
    words: pathWords[parameter] ?? '',
  }))
  const others = {
    redirect: '302 to the audio',
    attachment: 'the file',
  }
  const answers = [
    ...(beside === null ? [] : [others[beside]]),
    ...(answer === null ? [] : [shapeOf(answer)]),
  ]
  return {
    ...{ method, path, name, group, summary, access },
    parameters: [...inPath, ...fieldsOf(query).filter(({ name: field }) => !(field in common))],
    body: body === null ? [] : fieldsOf(body),
    answer: answers.join(', or '),
    curl: curlOf(resource, publicUrl),
  }
}

/** The parameters that every call takes. */
export const everywhere: readonly FieldWords[] = fieldsOf(Type.Object(common))

/** The kinds of values that answers hold, by their names. */
export function schemasOf(resources: readonly Resource[]): readonly SchemaWords[] {
  const found = new Map<string, SchemaWords>()
  for (const { answer } of resources) if (answer !== null) collect(answer)
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name))

  function collect(schema: Described): void {
    if (Type.IsUnion(schema)) schema.anyOf.forEach(collect)
    if (Type.IsArray(schema)) collect(schema.items)
    if (!Type.IsObject(schema)) return
    const { title: name }: Described = schema
    if (name !== undefined) found.set(name, { name, fields: fieldsOf(schema, shapeOf) })
    Object.values(schema.properties).forEach(collect)
  }
}

function fieldsOf(
  schema: { readonly properties: Readonly<Record<string, Described>> },
  kind: (schema: Described) => string = () => '',
): readonly FieldWords[] {
  return Object.entries(schema.properties).map(([name, property]) => {
    const fallback = 'default' in property ? `${property.default} unless sent` : ''
    return {
      name,
      isRequired: !Type.IsOptional(property) && !('default' in property),
      words: [kind(property), property.description ?? '', fallback].filter(Boolean).join('; '),
    }
  })
}

function shapeOf(schema: Described): string {
  if (schema.title !== undefined) return schema.title
  if (Type.IsArray(schema)) return `${shapeOf(schema.items)}[]`
  if (Type.IsUnion(schema)) return schema.anyOf.map(shapeOf).join(' | ')
  if (Type.IsLiteral(schema)) return JSON.stringify(schema.const)
  if (Type.IsObject(schema)) {
    const inside = Object.entries(schema.properties).map(([name, one]) => `${name}: ${shapeOf(one)}`)
    return `{ ${inside.join(', ')} }`
  }
  return 'type' in schema ? String(schema.type) : 'anything'
}

function curlOf({ method, path, access, query, body }: Resource, publicUrl: string): string {
  const wanted = fieldsOf(query).filter(({ isRequired }) => isRequired)
  const address = `${publicUrl}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`)}`
  const search = wanted.length === 0 ? '' : `?${wanted.map(({ name }) => `${name}=…`).join('&')}`
  const sent = body === null ? undefined : fieldsOf(body).filter(({ isRequired }) => isRequired)
  const example = sent?.map(({ name }) => `"${name}": "…"`).join(', ')
  return [
    `curl "${address}${search}"`,
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(access === 'anyone' ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(example === undefined ? [] : [`--json '{${example || '…'}}'`]),
  ].join(' \\\n  ')
}
