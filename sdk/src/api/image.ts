import { fields, text } from '../http/fields.ts'

/** An image's URLs by size, each also under the name that `@audius/sdk` gives it. */
export type Image<Size extends string> = { readonly [Name in Size | `_${Size}`]?: string } & {
  /** Other hosts that serve the same paths. */
  readonly mirrors: readonly string[]
}

/** An image from outside; none when it has no URL. */
export function image(value: unknown): Image<never> | undefined {
  const { mirrors, ...sizes } = fields(value)
  const urls = Object.entries(sizes).flatMap(([size, url]) =>
    text(url) ? [[size, url] as const, [`_${size}`, url] as const] : [],
  )
  if (!urls.length) return undefined
  return { ...Object.fromEntries(urls), mirrors: Array.isArray(mirrors) ? mirrors.filter(text) : [] }
}
