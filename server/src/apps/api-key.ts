/** Reads an API key, which is the OAuth client id: 40 hex digits in any case, `0x` before them or not. */
export function parseApiKey(text: string): string | undefined {
  return /^(?:0x)?([0-9a-f]{40})$/.exec(text.toLowerCase())?.[1]
}

/** Reads API keys with commas between them; undefined where one is none. */
export function parseApiKeys(text: string): readonly string[] | undefined {
  const given = text.split(',')
  const keys = given.map((each) => parseApiKey(each.trim())).filter((key) => key !== undefined)
  return keys.length === given.length ? keys : undefined
}
