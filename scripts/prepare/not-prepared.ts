/** What the tests need is not here and cannot be installed: its message says what to do, in one line. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared'
}
