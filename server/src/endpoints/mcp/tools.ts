import { Type } from 'typebox'
import { common } from '../../api/fields.ts'
import type { Resource } from '../../api/resource.ts'

/** A call of the API as an agent sees it. */
export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: { readonly type: 'object'; readonly [name: string]: unknown }
  readonly annotations: {
    readonly title: string
    readonly readOnlyHint: boolean
    readonly destructiveHint: boolean
    readonly idempotentHint: boolean
    readonly openWorldHint: boolean
  }
}

/** A tool with the call that it makes. */
export interface ToolCall {
  readonly tool: Tool
  readonly resource: Resource
}

/**
 * Makes tools of the calls that an access token may make and that answer JSON, so that the API and what agents can do are one list. An
 * alias of a call is no tool of its own.
 */
export function toolsOf(resources: readonly Resource[]): ReadonlyMap<string, ToolCall> {
  const seen = new Set<Resource['respond'] | string>()
  const tools = resources.filter(isForAgents).filter((resource) => {
    const key = `${resource.summary} ${resource.method} ${pathNames(resource).join(' ')}`
    return !seen.has(key) && seen.add(key)
  })
  return new Map(tools.map((resource) => [resource.name, { tool: toolOf(resource), resource }]))
}

const isForAgents = ({ access, answer }: Resource): boolean =>
  answer !== null && (access === 'anyone' || access === 'read' || access === 'write')

/** The parameters of a call's path, in their order. */
export const pathNames = ({ path }: Resource): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])

function toolOf(resource: Resource): Tool {
  const { name, summary, method, path, query, body } = resource
  const ofPath = pathNames(resource).map(
    (each) => [each, Type.String({ description: `${each} in ${path}` })] as const,
  )
  const ofQuery = Object.entries(query.properties).filter(([each]) => !(each in common))
  const properties = Object.fromEntries([...ofPath, ...ofQuery, ...Object.entries(body?.properties ?? {})])
  const needed = new Set([...(query.required ?? []), ...(body?.required ?? [])])
  const required = [...ofPath.map(([each]) => each), ...needed].filter((each) => each in properties)
  return {
    name,
    title: summary,
    description: summary,
    inputSchema: { type: 'object', properties, required, additionalProperties: false },
    annotations: {
      title: summary,
      readOnlyHint: method === 'GET',
      // What is changed or removed is not there as it was any more.
      destructiveHint: method === 'PUT' || method === 'DELETE',
      idempotentHint: method !== 'POST',
      openWorldHint: false,
    },
  }
}
