/** Reads an API key, which is the OAuth client id: 40 hex digits in any case, `0x` before them or not. */
export function parseApiKey(text: string): string | undefined {
  return /^(?:0x)?([0-9a-f]{40})$/.exec(text.toLowerCase())?.[1]
}
