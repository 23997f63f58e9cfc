/** The durations of uploads, in milliseconds: apart from the others, as a page loads them later. */

/** How long a request with a piece of an upload may take. */
export const PIECE_WITHIN = 60_000
/** The pauses between attempts to send a piece double from the first to the last. */
export const FIRST_PIECE_RETRY = 500
export const LAST_PIECE_RETRY = 30_000
/** As long as a server keeps an upload that was not finished. */
export const UPLOAD_LIFETIME: number = 24 * 60 * 60_000
