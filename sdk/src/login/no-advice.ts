import type { advise as whole } from './advise.ts'

/** Stands in for advise.ts in the builds of one file, which so stay small. */
export const advise: typeof whole = async () => {}
