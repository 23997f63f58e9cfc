/** An address to which people are led: a web page, or a mailbox as `mailto:`. Answers undefined for anything else. */
export function contactAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, href } = new URL(text)
  const isLink = ['https:', 'http:', 'mailto:'].includes(protocol) && username === '' && password === ''
  return isLink ? href : undefined
}
