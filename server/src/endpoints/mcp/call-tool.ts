import type { Call, Resource } from '../../api/resource.ts'
import { refused } from '../../errors/api.ts'
import { OAuthError } from '../../errors/oauth.ts'
import type { Request } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import type { ResourceDeps } from '../api.ts'
import { pathNames } from './tools.ts'

/** What a tool answers (Model Context Protocol, Tools). */
export interface ToolResult {
  [name: string]: unknown
  content: { type: 'text'; text: string }[]
  structuredContent?: Record<string, unknown>
  isError?: boolean
}

/** Arguments as an agent sends them. */
export type ToolArguments = Readonly<Record<string, unknown>>

const mostParameters = 120

/**
 * Makes a call of the API for an agent, by the same way in as over HTTP: token, scope, plan and schemas hold alike. What is
 * wrong with the arguments is an answer that the agent can read.
 */
export async function callTool(
  resource: Resource,
  given: ToolArguments,
  request: Request,
  deps: ResourceDeps,
): Promise<ToolResult> {
  const metered = { route: `${resource.method} ${resource.path}`, address: request.address, named: undefined }
  try {
    const outcome = await deps.usage.meterCall(metered, (admit) =>
      resource.respond(callOf(resource, given, request, admit), deps),
    )
    if (outcome.kind !== 'json') throw refused.noSuch('tool')
    return { content: [{ type: 'text', text: JSON.stringify(outcome.value) }], ...structured(outcome.value) }
  } catch (error) {
    if (!(error instanceof OAuthError) || error.status >= 500) throw error
    return { isError: true, content: [{ type: 'text', text: `${error.code}: ${error.description}` }] }
  }
}

function callOf(resource: Resource, given: ToolArguments, credentials: Request, admit: Call['admit']): Call {
  const ofQuery = Object.keys(resource.query.properties).filter((name) => given[name] !== undefined)
  const pairs = ofQuery.flatMap((name) => [given[name]].flat().map((value) => [name, asText(value)]))
  const isOfPath = new Set(pathNames(resource))
  return {
    credentials,
    query: readForm(new URLSearchParams(pairs).toString(), mostParameters),
    path: (name) => asText(given[name]),
    json: () => Object.fromEntries(Object.entries(given).filter(([name]) => !isOfPath.has(name))),
    key: undefined,
    isHead: false,
    admit,
  }
}

const asText = (value: unknown): string =>
  typeof value === 'object' || value === undefined ? '' : String(value)

const structured = (value: unknown): Pick<ToolResult, 'structuredContent'> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { structuredContent: { ...value } }
    : {}
