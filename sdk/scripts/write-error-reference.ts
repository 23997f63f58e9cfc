import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorReference, serverErrorWords } from './error-reference.ts'

writeFileSync(new URL('../../docs/errors.md', import.meta.url), errorReference())

const words = fileURLToPath(new URL('../../server/src/pages/docs/sdk-error-words.ts', import.meta.url))
writeFileSync(
  words,
  `/** The SDK's own errors: made from its catalogue by \`npm run errors -w sdk\`. */
export const sdkErrorWords: readonly Readonly<Record<'code' | 'where' | 'means' | 'next', string>>[] = ${JSON.stringify(serverErrorWords)}
`,
)
execFileSync('biome', ['check', '--write', words])
