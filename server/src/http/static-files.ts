import { readFileSync } from 'node:fs'
import { digest } from '../crypto/secret.ts'
import { inCodings } from './codings.ts'
import { etagOf } from './conditional.ts'
import { type DocsFiles, docsFiles } from './docs-files.ts'

/** A file of our own, as served. */
export interface Asset {
  readonly type: string
  readonly keeping: Keeping
  readonly etag: string
  readonly bytes: Uint8Array
}

/** How long a file may be kept unasked: for good where its address changes with its bytes, else a day. */
type Keeping = 'public, max-age=31536000, immutable' | 'public, max-age=86400'

const asset = (type: string, keeping: Keeping, bytes: Uint8Array): Asset => ({
  type,
  keeping,
  etag: etagOf(bytes),
  bytes,
})

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

/** Each stylesheet by its parts, in an order in which later ones win. */
const stylesheets = {
  stagedoor: ['page', 'fields', 'pictures', 'messages', 'consent', 'samples', 'differences'],
  member: ['layout', 'apps', 'flow-log', 'usage', 'checklist', 'app'],
  docs: ['frame', 'article', 'code'],
} as const

/**
 * Reads what the pages load, under paths that change with their bytes where they are cached for good.
 *
 * @param packageRoot The folder of the server's package.
 */
export function readAssets(packageRoot: URL): PageAssets {
  const folder = new URL('assets/', packageRoot)
  const assets = new Map<string, Asset>([
    [
      '/favicon.svg',
      asset('image/svg+xml', 'public, max-age=86400', readFileSync(new URL('favicon.svg', folder))),
    ],
  ])
  const add = (name: string, extension: 'css' | 'js', bytes: Uint8Array) => {
    const hash = Buffer.from(digest(bytes.toString())).toString('hex').slice(0, 12)
    const path = `/assets/${name}.${hash}.${extension}`
    const type = `text/${extension === 'css' ? 'css' : 'javascript'}; charset=utf-8`
    assets.set(path, asset(type, 'public, max-age=31536000, immutable', bytes))
    return path
  }
  const stylesheet = (name: keyof typeof stylesheets) =>
    add(
      name,
      'css',
      Buffer.concat(stylesheets[name].map((part) => readFileSync(new URL(`${name}/${part}.css`, folder)))),
    )
  const script = (name: string, from: URL = folder) =>
    add(name, 'js', readFileSync(new URL(`${name}.js`, from)))
  return {
    stylesheet: stylesheet('stagedoor'),
    memberStylesheet: stylesheet('member'),
    memberScript: script('member'),
    passkeyScript: script('passkey'),
    docsStylesheet: stylesheet('docs'),
    docsScript: script('docs', new URL('dist/docs/', packageRoot)),
    docs: docsFiles(packageRoot),
    assets,
  }
}

/** Answers a file of the pages. */
export const assetFile = ({ type, keeping, etag, bytes }: Asset): ReturnType<typeof inCodings> =>
  inCodings({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': keeping,
      'content-security-policy': "default-src 'none'; sandbox",
      etag,
    },
    body: bytes,
  })
