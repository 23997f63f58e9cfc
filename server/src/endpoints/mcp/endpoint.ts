import type { Resource } from '../../api/resource.ts'
import { bearer as refused } from '../../errors/bearer.ts'
import { OAuthError } from '../../errors/oauth.ts'
import type { Reply, Request } from '../../http/message.ts'
import { bearer } from '../../oauth/bearer.ts'
import type { ResourceDeps } from '../api.ts'
import { callTool } from './call-tool.ts'
import { type ToolCall, toolsOf } from './tools.ts'

/** `POST /mcp`: what agents talk to (Model Context Protocol, Streamable HTTP). */
export type McpEndpoint = (request: Request, deps: ResourceDeps) => Promise<Reply>

/**
 * Makes the endpoint of the calls of the API. The library that speaks the protocol is loaded with the first message.
 * @param resources the calls of the API
 */
export function mcpEndpoint(resources: readonly Resource[]): McpEndpoint {
  const calls = toolsOf(resources)
  return async (request, deps) => {
    try {
      await checkCaller(request, calls, deps)
    } catch (error) {
      throw error instanceof OAuthError ? pointedHere(error, deps.issuer) : error
    }
    const { answerMessage } = await import('./protocol.ts')
    const response = await answerMessage(asWeb(request, deps.issuer), {
      name: deps.brand,
      tools: [...calls.values()].map(({ tool }) => tool),
      call: async (name, given) => {
        const called = calls.get(name)
        return called && callTool(called.resource, given, request, deps)
      },
    })
    const type = response.headers.get('content-type')
    return {
      status: response.status,
      headers: { ...(type !== null && { 'content-type': type }) },
      body: await response.text(),
    }
  }
}

// Whoever has no token, or one that may not do this, is told so by HTTP, so that its client can ask the person.
async function checkCaller(
  request: Request,
  calls: ReadonlyMap<string, ToolCall>,
  deps: ResourceDeps,
): Promise<void> {
  const token = await bearer(request, deps)
  const isBeyond = namedTools(request.body).some((name) => calls.get(name)?.resource.access === 'write')
  if (isBeyond && token.scope !== 'write') throw refused.insufficientScope()
}

function namedTools(body: Uint8Array): readonly string[] {
  try {
    const messages: readonly unknown[] = [JSON.parse(new TextDecoder().decode(body))].flat()
    return messages.flatMap((message) => nameIn(message) ?? [])
  } catch {
    // The protocol says what is wrong with it.
    return []
  }
}

function nameIn(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('params' in message)) return undefined
  const { params } = message
  if (typeof params !== 'object' || params === null || !('name' in params)) return undefined
  return typeof params.name === 'string' ? params.name : undefined
}

// RFC 9728 §3.1, §5.1: the resource that was asked for, and not the server as a whole.
function pointedHere(error: OAuthError, issuer: string): OAuthError {
  const { status, code, description, reason, headers } = error
  const challenge = headers['www-authenticate']
  if (challenge === undefined) return error
  const pointed = `${challenge}, resource_metadata="${issuer}/.well-known/oauth-protected-resource/mcp"`
  return new OAuthError(status, code, description, {
    reason,
    headers: { ...headers, 'www-authenticate': pointed },
  })
}

const passedOn = ['accept', 'content-type', 'mcp-protocol-version', 'mcp-session-id', 'last-event-id']

function asWeb(request: Request, issuer: string): globalThis.Request {
  const headers = passedOn.flatMap((name) => {
    const value = request.header(name)
    return value === undefined ? [] : [[name, value] as [string, string]]
  })
  return new globalThis.Request(`${issuer}/mcp`, { method: 'POST', headers, body: Buffer.from(request.body) })
}
