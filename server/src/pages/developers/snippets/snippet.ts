/** What the snippets are filled in with. */
export interface Filling {
  readonly appName: string
  readonly apiKey: string
  readonly redirectUri: string
  /** The origin under which everyone reaches this server. */
  readonly server: string
  readonly brand: string
}

/** A text as JavaScript writes it, also inside of a page. */
export const quoted = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c')

/** The settings of the SDK, each on a line of its own, after so many spaces. */
export const settings = ({ appName, apiKey, redirectUri, server }: Filling, indent: string): string =>
  [
    `appName: ${quoted(appName)},`,
    `apiKey: ${quoted(apiKey)},`,
    `redirectUri: ${quoted(redirectUri)},`,
    `apiEndpoint: ${quoted(server)},`,
  ].join(`\n${indent}`)
