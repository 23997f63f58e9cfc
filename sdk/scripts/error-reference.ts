import { type ErrorKind, catalogue as early } from '../src/errors/catalogue.ts'
import { isErrorCode, learn } from '../src/errors/errors.ts'
import { lateCatalogue } from '../src/errors/late-catalogue.ts'
import { words } from './error-words.ts'

const catalogue = { ...early, ...lateCatalogue }
learn(lateCatalogue)

const kinds: Readonly<Record<ErrorKind, string>> = {
  Configuration: 'ConfigurationError: the SDK is set up or called wrongly',
  Login: 'LoginError: a login ended without a session',
  OAuth: 'OAuthError: the token endpoint refused',
  Session: 'SessionError: there is no session, or it ended',
  Network: 'NetworkError: no usable answer came; the session is kept',
  Api: 'ApiError: the API answered with an error',
  Upload: 'UploadError: a file could not be uploaded',
}

const codes = Object.keys(catalogue).filter(isErrorCode)

/** The error reference, made from the catalogue that the errors are made from: one anchor a code. */
export function errorReference(): string {
  const sections = Object.entries(kinds).map(([kind, heading]) => {
    const entries = codes.flatMap((code) => {
      const [of, , outcome] = catalogue[code]
      if (of !== kind) return []
      const [happened, remedy] = words[code]
      const flag = outcome === undefined ? '' : `\n\n\`${outcome}\` is true.`
      return `### ${code}\n\n${happened} **${remedy}**${flag}\n`
    })
    return `## ${heading}\n\n${entries.join('\n')}`
  })
  return `# Errors of the SDK

Every rejection is a \`StagedoorError\` with \`code\`, \`message\`, \`hint\`, \`retryable\` (the same call may succeed later),
\`cancelled\` (a person or the app ended it on purpose), \`reason\` (the server’s own words), \`status\` and \`serverCode\`
(the HTTP status and the \`error\` of its answer), \`requestId\`, \`docsUrl\` (the server’s page about the code: \`/docs/errors#code\`),
\`retryAfter\` (the milliseconds that the server asks to wait), \`faults\` and \`cause\`. This page is made from the
catalogues in \`sdk/src/errors/catalogue.ts\` and \`sdk/src/errors/late-catalogue.ts\`, and of \`sdk/scripts/error-words.ts\` by \`npm run errors -w sdk\`.

${sections.join('\n')}`
}

/** The same words for the server's page about errors. */
export const serverErrorWords: readonly Readonly<Record<'code' | 'where' | 'means' | 'next', string>>[] =
  codes.map((code) => {
    const [kind] = catalogue[code]
    const [means, next] = words[code]
    return { code, where: `${kind}Error`, means, next }
  })
