import { readdirSync, readFileSync } from 'node:fs'
import { inCodings } from './codings.ts'
import { etagOf } from './conditional.ts'
import { withFile } from './tar.ts'

/** How long a file may be kept unasked: for good where its address names its bytes, an hour where pages load it, not at all. */
type Keeping = 'public, max-age=31536000, immutable' | 'public, max-age=3600' | 'no-cache'

/** A file of the SDK, as this server hands it out. */
export interface SdkFile {
  readonly type: string
  readonly keeping: Keeping
  readonly etag: string
  readonly bytes: Uint8Array
}

/** The SDK in every form that apps take it in. */
export interface SdkFiles {
  readonly version: string
  readonly files: ReadonlyMap<string, SdkFile>
}

const packed = /^stagedoor-sdk-(.+)\.tgz$/
const creator = /^create-stagedoor-app-.+\.tgz$/

/** What the package that makes apps is told of the server that hands it out. */
export interface CreatorFacts {
  readonly url: string
  /** Of the app that development has. */
  readonly apiKey: string | null
  readonly brand: string
}

/**
 * Reads what the build put beside the server: npm's package, the modules and the scripts, by the paths they are served under.
 *
 * @param packageRoot The folder of the server's package.
 * @param facts What the package that makes apps is told.
 */
export function readSdkFiles(packageRoot: URL, facts: CreatorFacts): SdkFiles {
  const folder = new URL('dist/sdk/', packageRoot)
  const files = new Map<string, SdkFile>()
  let version = ''
  const add = (path: string, type: string, keeping: Keeping, bytes: Uint8Array) =>
    files.set(path, { type, keeping, etag: etagOf(bytes), bytes })
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(new URL(name, folder))
    const [, found] = packed.exec(name) ?? []
    if (creator.test(name)) {
      const told = withFile(bytes, 'package/server.json', JSON.stringify(facts))
      add('/create.tgz', 'application/gzip', 'no-cache', told)
      continue
    }
    if (found !== undefined) {
      version = found
      add('/sdk.tgz', 'application/gzip', 'no-cache', bytes)
      add(`/sdk-${found}.tgz`, 'application/gzip', 'public, max-age=31536000, immutable', bytes)
    } else {
      // Its address stays when the SDK changes, for it stands in the pages of apps; what is loaded later has its hash in its name.
      const keeping = /-[\w-]{8}\.mjs$/.test(name)
        ? 'public, max-age=31536000, immutable'
        : 'public, max-age=3600'
      add(
        name.endsWith('.mjs') ? `/sdk/${name}` : `/${name}`,
        'text/javascript; charset=utf-8',
        keeping,
        bytes,
      )
    }
  }
  if (version === '') throw new Error(`no package of the SDK in ${folder.pathname}`)
  return { version, files }
}

/** Answers a file of the SDK, to pages of any origin. */
export const sdkFile = ({ type, keeping, etag, bytes }: SdkFile): ReturnType<typeof inCodings> =>
  inCodings({
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': keeping,
      'cross-origin-resource-policy': 'cross-origin',
      etag,
    },
    body: bytes,
  })
