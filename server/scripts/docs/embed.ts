import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { templates } from '../../../create/src/templates.mjs'
import { root } from './sources.ts'

/** What the templates of apps leave open, as the documentation names it. */
const filling: Readonly<Record<string, string>> = {
  __NAME__: 'My App',
  __API_KEY__: 'YOUR_API_KEY',
  __SERVER__: 'http://localhost:4400',
  __BRAND__: 'Audius',
}

/**
 * A page whose snippets that name a file (```` ```js file=path ````) hold what stands in it, so that what is read is what was run.
 * @throws Error for a file that does not exist
 */
export const withFiles = (markdown: string): string =>
  markdown.replaceAll(
    /^(```\w+ file=(\S+))\n.*?^```$/gms,
    (_all, fence: string, path: string) => `${fence}\n${textOf(path)}\`\`\``,
  )

function textOf(path: string): string {
  const text = readFileSync(join(root, path), 'utf8')
  const [, template = ''] = /^create\/templates\/([\w-]+)\//.exec(path) ?? []
  const redirectUri = templates[template]?.redirectUri ?? ''
  return Object.entries({ ...filling, __REDIRECT_URI__: redirectUri }).reduce(
    (filled, [name, value]) => filled.replaceAll(name, value),
    text,
  )
}
