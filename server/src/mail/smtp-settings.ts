/** How mail is handed over: a URL of SMTP and no more; undefined for any other text. */
export function smtpUrl(text: string): URL | undefined {
  if (!URL.canParse(text) || /%(?![\da-f]{2})/i.test(text)) return undefined
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text)
  const isSmtp = ['smtp:', 'smtps:'].includes(protocol) && hostname !== ''
  const isBare = ['', '/'].includes(pathname) && search === '' && hash === ''
  return isSmtp && isBare && (username === '') === (password === '') ? new URL(text) : undefined
}

/** Whom mail is from, as a mail has it; undefined for any other text. */
export const sender = (text: string): string | undefined =>
  /^(?:[^\p{C}<>"@,;]+<[^\s@<>,;]+@[^\s@<>,;]+>|[^\s@<>,;]+@[^\s@<>,;]+)$/u.test(text) ? text : undefined
