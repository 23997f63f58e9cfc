import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Puts the SDK beside the server's own build, in every form in which the server hands it out: as npm's package, as modules
 * and as scripts. So a server needs no registry and no source of the SDK.
 */

const sdk = join(import.meta.dirname, '../../sdk')
const out = join(import.meta.dirname, '../dist/sdk')
const isForPages = (file: string) => /\.min\.js$|\.mjs$/.test(file) && !/^(?:node|testing)\.mjs$/.test(file)

rmSync(out, { recursive: true, force: true })
mkdirSync(out)
// npm makes the same bytes of the same files: no time and no owner is in them.
execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', out], { cwd: sdk })
const dist = join(sdk, 'dist')
for (const file of readdirSync(dist).filter(isForPages)) copyFileSync(join(dist, file), join(out, file))
