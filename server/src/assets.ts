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

/** Reads the stylesheet and the icon, under paths that change with their bytes where they are cached for good. */
export function readAssets(): { readonly stylesheet: string; readonly assets: ReadonlyMap<string, Asset> } {
  const css = readFileSync(new URL('stagedoor.css', folder))
  const stylesheet = `/assets/stagedoor.${Buffer.from(digest(css.toString())).toString('hex').slice(0, 12)}.css`
  return {
    stylesheet,
    assets: new Map([
      [stylesheet, { type: 'text/css; charset=utf-8', bytes: css }],
      ['/favicon.svg', { type: 'image/svg+xml', bytes: readFileSync(new URL('favicon.svg', folder)) }],
    ]),
  }
}
