import { readFileSync } from 'node:fs'
import { digest } from '../crypto/secret.ts'
import { type DocsFiles, docsFiles } from './docs-files.ts'
import type { Reply } from './message.ts'

/** A file of our own, as served. */
export interface Asset {
  readonly type: string
  readonly bytes: Uint8Array
}

/** The files of the pages, by what refers to them. */
export interface PageAssets {
  readonly stylesheet: string
  readonly memberStylesheet: string
  readonly memberScript: string
  readonly passkeyScript: string
  readonly docsStylesheet: string
  readonly docsScript: string
  readonly docs: () => DocsFiles
  readonly assets: ReadonlyMap<string, Asset>
}

/**
 * Reads what the pages load, under paths that change with their bytes where they are cached for good.
 *
 * @param packageRoot The folder of the server's package.
 */
export function readAssets(packageRoot: URL): PageAssets {
  const folder = new URL('assets/', packageRoot)
  const assets = new Map<string, Asset>([
    ['/favicon.svg', { type: 'image/svg+xml', bytes: readFileSync(new URL('favicon.svg', folder)) }],
  ])
  const add = (name: string, extension: 'css' | 'js', from: URL = folder) => {
    const bytes = readFileSync(new URL(`${name}.${extension}`, from))
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
    docsStylesheet: add('docs', 'css'),
    docsScript: add('docs', 'js', new URL('dist/docs/', packageRoot)),
    docs: docsFiles(packageRoot),
    assets,
  }
}

/** An asset as it is served. The address names the bytes: a CID, or a path that holds their hash. */
export const unchanging = ({ type, bytes }: Asset): Reply => ({
  status: 200,
  headers: {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
  },
  body: bytes,
})
