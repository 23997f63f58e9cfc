#!/usr/bin/env node
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 16)) {
  console.error(
    `stagedoor needs Node 22.16 or newer; this is ${process.versions.node}. Inside the repository, start it as: npx stagedoor`,
  )
  process.exit(1)
}
const built = new URL('../dist/main.mjs', import.meta.url)
if (!existsSync(built)) {
  console.error('stagedoor is not built yet. Run: npm run build')
  process.exit(1)
}
if (process.env.npm_lifecycle_event === 'npx' || process.env.STAGEDOOR_ENDS_WITH)
  await import('./end-with-parent.mjs')
await import(built)
