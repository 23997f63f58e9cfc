import { Browser } from '@stagedoor/testkit/wire-browser'
import { sdk } from '../../sdk/src/node.ts'
import type { Person, Server } from './server.ts'

type Tool = ReturnType<typeof sdk>

/** The SDK's instance of a command-line tool, in this process. */
export const toolOf = (server: Server, config: Parameters<typeof sdk>[0] = {}): Tool =>
  sdk({ apiKey: server.apiKey, appName: 'Tool', apiEndpoint: server.url, ...config })

/** What a person does in a browser until they are sent to the app; answers the address that they are sent to. */
export async function answerOf(
  url: string,
  person: Person,
  press: 'allow' | 'cancel' = 'allow',
): Promise<string> {
  const browser = new Browser(new URL(url).origin)
  const signInPage = await browser.open(url)
  if (press === 'cancel') return (await browser.cancel(signInPage)).leftFor ?? ''
  const consent = await browser.signIn(signInPage, person)
  return (await browser.allow(consent)).leftFor ?? ''
}

/** Follows the last redirect as the browser would; answers the page that it shows. */
export const arrive = async (url: string): Promise<string> => (await fetch(url)).text()

/** A tool that a person has logged in to. */
export async function loggedIn(
  server: Server,
  person: Person,
  scope: 'read' | 'write' = 'write',
): Promise<Tool> {
  const tool = toolOf(server, { redirectUri: 'http://127.0.0.1/cb' })
  await tool.oauth.login({ scope, openUrl: async (url) => arrive(await answerOf(url, person)) })
  return tool
}
