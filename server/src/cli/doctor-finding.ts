/** What a check found: all is right, somebody should look, or it will not work; and what to do. */
export interface Finding {
  readonly status: 'right' | 'look' | 'wrong'
  readonly words: string
}

/** Milliseconds for the server to answer under its own address. */
export const answerTimeout = 15_000

export const right = (words: string): Finding => ({ status: 'right', words })
export const look = (words: string): Finding => ({ status: 'look', words })
export const wrong = (words: string): Finding => ({ status: 'wrong', words })

/** Why something failed, with what lies behind it. */
export function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : said(error.cause)
  const code = 'code' in error ? String(error.code) : ''
  return [...new Set([error.message, code, cause].filter((part) => part !== ''))].join(': ')
}
