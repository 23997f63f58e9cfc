/** A file that cannot be taken, with words for whoever sent it. */
export class Unusable extends Error {
  override readonly name = 'Unusable'
}
