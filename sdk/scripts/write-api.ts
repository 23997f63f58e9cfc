import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiDocument } from './api-document.ts'
import { apiModule } from './api-module.ts'

const root = join(import.meta.dirname, '../..')
const file = join(root, 'sdk/src/api/generated.ts')

const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
const made = execFileSync(process.execPath, [biome, 'format', '--stdin-file-path', file], {
  cwd: root,
  input: apiModule(await apiDocument()),
  encoding: 'utf8',
})

if (!process.argv.includes('--check')) writeFileSync(file, made)
else if (readFileSync(file, 'utf8') !== made) {
  console.error('sdk/src/api/generated.ts is not what the server’s document says. Run npm run api -w sdk')
  process.exitCode = 1
}
