import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js'
import type { ToolArguments, ToolResult } from './call-tool.ts'
import type { Tool } from './tools.ts'

/** What an agent may do here. */
export interface Offer {
  readonly name: string
  readonly tools: readonly Tool[]
  /** Undefined where there is no such tool. */
  call(name: string, given: ToolArguments): Promise<ToolResult | undefined>
}

/**
 * Answers one message of an agent (Model Context Protocol, Streamable HTTP). Nothing is kept between two of them: each carries its
 * token, and any node answers it.
 */
export async function answerMessage(request: Request, { name, tools, call }: Offer): Promise<Response> {
  const server = new Server({ name, version: '1' }, { capabilities: { tools: {} } })
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map((tool) => ({ ...tool })) }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const result = await call(params.name, params.arguments ?? {})
    if (result === undefined) throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}.`)
    return result
  })
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  await server.connect(transport)
  return transport.handleRequest(request)
}
