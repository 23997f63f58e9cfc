/** `npm run docs`: puts the files that snippets name into them, and makes the site. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDocs } from './build.ts'
import { withFiles } from './embed.ts'
import { readSources, root } from './sources.ts'

for (const { file, isLive } of readSources().flatMap(({ sources }) => sources)) {
  if (file === null || isLive) continue
  const path = join(root, file)
  const markdown = readFileSync(path, 'utf8')
  const filled = withFiles(markdown)
  if (filled !== markdown) writeFileSync(path, filled)
}
writeDocs(join(root, 'server/dist/docs'))
