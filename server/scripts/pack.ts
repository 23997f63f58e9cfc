import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeDocs } from './docs/build.ts'

/**
 * Puts what the server hands out beside its own build: the SDK as npm's package, as modules and as scripts, and the package
 * that makes apps. So a server needs no registry, and no source of either. And the documentation, made of docs/.
 */

const sdk = join(import.meta.dirname, '../../sdk')
const out = join(import.meta.dirname, '../dist/sdk')
const isForPages = (file: string) =>
  /\.min\.js$|\.mjs$/.test(file) && !/^(?:edge|node|testing)\.mjs$/.test(file)

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
// npm makes the same bytes of the same files: no time and no owner is in them.
for (const cwd of [sdk, join(import.meta.dirname, '../../create')])
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', out], { cwd })
const dist = join(sdk, 'dist')
for (const file of readdirSync(dist).filter(isForPages)) copyFileSync(join(dist, file), join(out, file))
writeDocs(join(import.meta.dirname, '../dist/docs'))
