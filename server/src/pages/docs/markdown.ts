import type { Resource } from '../../api/resource.ts'
import type { Reply } from '../../http/message.ts'
import { type CallWords, type FieldWords, needs, type SchemaWords } from './api-docs.tsx'
import { callOf, everywhere, schemasOf } from './api-words.ts'

interface Server {
  readonly issuer: string
  readonly brand: string
}

/** `GET /llms.txt`: where a program that reads finds what it needs, as llmstxt.org asks for it. */
export function llmsText({ issuer, brand }: Server, hasOpenId: boolean, takesAgents: boolean): Reply {
  const discovery = hasOpenId ? 'openid-configuration' : 'oauth-authorization-server'
  return text(
    'text/plain',
    `# Log in with ${brand}

> The server at ${issuer} logs people in to apps (OAuth 2.0, authorization code with PKCE, clients without secrets${hasOpenId ? ', OpenID Connect' : ''}) and serves the API of their music.

An app is registered by a person at ${issuer}/developers and is known by its API key, which is the \`client_id\` and no secret. There is no
dynamic registration. A person allows an app on a page of this server; no program can allow anything for them. Never ask a person for their password.

## Docs

- [The API](${issuer}/docs/api.md): every call, its parameters and its answer
- [The API as OpenAPI 3.1](${issuer}/v1/openapi.json): the same for programs
- [Errors](${issuer}/docs/errors): every error code, what it means and what to do

## Logging in

- [Discovery](${issuer}/.well-known/${discovery}): the endpoints and what they take
- [The protected resource](${issuer}/.well-known/oauth-protected-resource): where its tokens come from
${takesAgents ? `- [The calls of the API as tools](${issuer}/.well-known/oauth-protected-resource/mcp): for agents, at ${issuer}/mcp (Model Context Protocol)\n` : ''}- [The SDK as a script](${issuer}/sdk.min.js): for pages without a bundler
`,
  )
}

/** `GET /docs/api.md`: the API in Markdown, of the same list as its page and its document. */
export function apiMarkdown(resources: readonly Resource[], { issuer, brand }: Server): Reply {
  const calls = resources.map((resource) => callOf(resource, issuer))
  const groups = [...new Set(calls.map(({ group }) => group))]
  return text(
    'text/markdown',
    `# ${brand} API

At ${issuer}. Answers are JSON. Send the access token as \`Authorization: Bearer …\`; whoever it belongs to is who acts.

Every call takes:

${list(everywhere)}
${groups
  .map(
    (group) =>
      `\n## ${group}\n${calls
        .filter((call) => call.group === group)
        .map(callText)
        .join('')}`,
  )
  .join('')}
## Kinds of values
${schemasOf(resources).map(schemaText).join('')}`,
  )
}

const callText = (call: CallWords): string => `
### ${call.method} ${call.path}

${call.summary}. ${needs[call.access]}
${section('Parameters', call.parameters)}${section('Body', call.body)}
Answers ${call.answer || 'nothing'}.
`

const schemaText = ({ name, fields }: SchemaWords): string => `\n### ${name}\n\n${list(fields)}\n`

const section = (title: string, fields: readonly FieldWords[]): string =>
  fields.length === 0 ? '' : `\n${title}:\n\n${list(fields)}\n`

const list = (fields: readonly FieldWords[]): string =>
  fields
    .map(({ name, isRequired, words }) => {
      const required = isRequired ? '' : ' (optional)'
      return `- \`${name}\`${required}${words === '' ? '' : `: ${words}`}`
    })
    .join('\n')

const text = (type: string, body: string): Reply => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=3600' },
  body,
})
