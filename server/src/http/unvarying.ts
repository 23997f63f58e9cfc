import { asBytes, type Reply } from './message.ts'

/** Answers what is the same for everybody: made once, so that answering it on many connections holds its bytes once. */
export function unvarying(make: () => Reply): () => Reply {
  let kept: Reply | undefined
  return () => {
    kept ??= asBytes(make())
    return kept
  }
}
