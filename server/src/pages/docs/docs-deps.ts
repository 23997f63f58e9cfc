import type { DocsFiles } from '../../http/docs-files.ts'
import type { PageDeps } from '../page-deps.ts'

/** What the documentation needs beyond what all pages do. */
export interface DocsDeps extends PageDeps {
  /** The pages that the build made. */
  readonly docs: () => DocsFiles
  /** URL of what only these pages need to look as they do. */
  readonly docsStylesheet: string
  /** URL of the script that searches, copies and fills the reader's key in. */
  readonly docsScript: string
}

/** The address at which the documentation names a server, in place of that of the one that shows it. */
const exampleServer = 'http://localhost:4400'

/** A text of the documentation as this server shows it. */
export const filledIn = (text: string, namesServer: boolean, issuer: string): string =>
  namesServer ? text.replaceAll(exampleServer, issuer) : text
