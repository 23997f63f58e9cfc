/** URLs that an image may have: the web's, this server's own paths, and inline bitmaps. */
const imageUrl = /^(?:https?:\/\/|\/(?![/\\])|data:image\/(?:png|jpeg|webp|gif);base64,)/i

interface Picture {
  readonly url: string | null
  /** Gives the initial that stands in for a missing picture. */
  readonly name: string
  readonly kind: 'app' | 'person'
}

/** A decorative picture: always beside the name it belongs to, so screen readers skip it. */
export function Avatar({ url, name, kind }: Picture) {
  return (
    <span class={`avatar ${kind}`} aria-hidden="true">
      {url !== null && imageUrl.test(url) ? <img src={url} alt="" /> : initial(name)}
    </span>
  )
}

function initial(name: string): string {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.exec(name)?.[0].toUpperCase() ?? '?'
}
