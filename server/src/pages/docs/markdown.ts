import type { Resource } from '../../api/resource.ts'
import type { DocsGroup } from '../../http/docs-files.ts'
import type { Reply } from '../../http/message.ts'
import { type CallWords, type FieldWords, needs, type SchemaWords } from './api-docs.tsx'
import { callOf, everywhere, schemasOf } from './api-words.ts'
import { markdownAddress } from './doc-page.ts'
import type { ErrorWords } from './error-docs.tsx'

interface Server {
  readonly issuer: string
  readonly brand: string
}

/** `GET /llms.txt`: where a program that reads finds what it needs, as llmstxt.org asks for it. */
export function llmsText(
  { issuer, brand }: Server,
  { hasOpenId, takesAgents }: { readonly hasOpenId: boolean; readonly takesAgents: boolean },
  groups: readonly DocsGroup[],
): Reply {
  const discovery = hasOpenId ? 'openid-configuration' : 'oauth-authorization-server'
  return text(
    'text/plain',
    `# Log in with ${brand}

> The server at ${issuer} logs people in to apps (OAuth 2.0, authorization code with PKCE, clients without secrets${hasOpenId ? ', OpenID Connect' : ''}) and serves the API of their music.

An app is registered by a person at ${issuer}/developers and is known by its API key, which is the \`client_id\` and no secret. There is no
dynamic registration. A person allows an app on a page of this server; no program can allow anything for them. Never ask a person for their password.

## For programs

- [The API as OpenAPI 3.1](${issuer}/v1/openapi.json): the same for programs

## Logging in

- [Discovery](${issuer}/.well-known/${discovery}): the endpoints and what they take
- [The protected resource](${issuer}/.well-known/oauth-protected-resource): where its tokens come from
${takesAgents ? `- [The calls of the API as tools](${issuer}/.well-known/oauth-protected-resource/mcp): for agents, at ${issuer}/mcp (Model Context Protocol)\n` : ''}- [The SDK as a script](${issuer}/sdk.min.js): for pages without a bundler
${groups.map((group) => groupText(group, issuer)).join('')}`,
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

const groupText = ({ title, pages }: DocsGroup, issuer: string): string =>
  `\n## ${title}\n\n${pages.map((page) => `- [${page.title}](${issuer}${markdownAddress(page.at)})\n`).join('')}`

/** `GET /docs/errors.md`: the same in Markdown. */
export const errorsMarkdown = (server: readonly ErrorWords[], sdk: readonly ErrorWords[]): Reply =>
  text(
    'text/markdown',
    `# Errors

## What the server answers

By \`error\`; \`error_description\` says what was wrong with the one request.
${server.map(errorText).join('')}
## What the SDK rejects with

By \`code\`; \`reason\` says what was wrong in the one case.
${sdk.map(errorText).join('')}`,
  )

const errorText = ({ code, where, means, next }: ErrorWords): string =>
  `\n### ${code}\n\n${where}\n\n${means} **${next}**\n`

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
