/** The database cannot answer now (locked, full, read-only, failing or closed): nothing is known to be wrong with the request. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

/** The error for something that cannot answer, which says why by the innermost of its causes. */
export const unanswered = (what: string, cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`${what} (${innermost(cause)})`, { cause })

function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause !== undefined) return innermost(error.cause)
  // Several addresses of one host that all refuse have a code and no words.
  return error.message || ('code' in error ? String(error.code) : error.name)
}

/** The database was written by a newer version of this software, which alone can read it. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew'
}

/** The folder of an installation cannot be used; the words say what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

/** The user something was to be written for is disabled by now, or gone; nothing was written. */
export class UserInactive extends Error {
  override readonly name = 'UserInactive'
}

/** A key that is to make a change happen once came with another change before. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused'
}
