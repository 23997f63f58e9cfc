import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { digest } from './oauth/credential.ts'

/** A file of our own, as served. */
export interface Asset {
  readonly type: string
  readonly bytes: Uint8Array
}

const folder = new URL('../assets/', import.meta.url)

/** The folder of the sample accounts' pictures, laid out like a content store. */
export const samplePictures: string = fileURLToPath(new URL('seed/', folder))

/** The SDK's build for a script tag. The server's build puts a copy beside its own: they share no source. */
const sdkScript = new URL('../dist/sdk.min.js', import.meta.url)

/** The files of the pages, by what refers to them. */
export interface PageAssets {
  readonly stylesheet: string
  readonly memberStylesheet: string
  readonly memberScript: string
  readonly passkeyScript: string
  readonly sdkScript: Asset
  readonly assets: ReadonlyMap<string, Asset>
}

/** Reads what the pages load, under paths that change with their bytes where they are cached for good. */
export function readAssets(): PageAssets {
  const assets = new Map<string, Asset>([
    ['/favicon.svg', { type: 'image/svg+xml', bytes: readFileSync(new URL('favicon.svg', folder)) }],
  ])
  const add = (name: string, extension: 'css' | 'js') => {
    const bytes = readFileSync(new URL(`${name}.${extension}`, folder))
    const hash = Buffer.from(digest(bytes.toString())).toString('hex').slice(0, 12)
    const path = `/assets/${name}.${hash}.${extension}`
    assets.set(path, { type: `text/${extension === 'css' ? 'css' : 'javascript'}; charset=utf-8`, bytes })
    return path
  }
  return {
    stylesheet: add('stagedoor', 'css'),
    memberStylesheet: add('member', 'css'),
    memberScript: add('member', 'js'),
    passkeyScript: add('passkey', 'js'),
    sdkScript: { type: 'text/javascript; charset=utf-8', bytes: readFileSync(sdkScript) },
    assets,
  }
}
