/**
 * Every duration that a login or a session depends on, in milliseconds. They contradict each other easily:
 * test/durations.test.ts holds them to one another and to what the server promises.
 */

/** The server: how long a code can be redeemed, and from its approval on, the same request gets another by itself. */
export const CODE_LIFETIME = 60_000
export const APPROVAL_LIFETIME = 120_000
/** The server: how long an authorization page can be answered. */
export const LOGIN_LIFETIME: number = 10 * 60_000
/** The server, and others like it: how long a used refresh token still answers with the same pair. */
export const REFRESH_GRACE = 10_000

/** How long a call waits for its answer. */
export const ANSWER_WITHIN = 10_000
/** The same for tokens: giving up on an answer that is on its way helps nobody. */
export const TOKENS_WITHIN = 30_000
/** How long a tab waits for a lock, as the one that holds it may be suspended. */
export const LOCK_WITHIN = 4500
/** A lock is held this much longer than its task runs: the next tab must see what the task wrote to localStorage. */
export const WRITES_ARRIVE_WITHIN = 50
/** An access token that ends this soon is refreshed: it must not end on the way. */
export const LEEWAY = 5000

/** How long an exchange is tried again, and how long after it failed that may begin at most. */
export const EXCHANGE_WITHIN = 45_000
/** The pauses between attempts double from the first to the last. */
export const FIRST_RETRY = 1000
export const LAST_RETRY = 60_000
/** What a server asks to wait is heeded up to this. */
export const LONGEST_RETRY_AFTER: number = 60 * 60_000

/** How often a popup is looked at. */
export const POLL_EVERY = 250
/** How long a popup is closed before its login is: the answer may be on its way. */
export const CLOSED_GRACE = 1250
/** How long a severed popup must have been left by a person who is back on the page to be taken for closed. */
export const SEVERED_GRACE = 3250
/** How long a callback page waits for the page that opened it, before it completes the login itself. */
export const ACKNOWLEDGE_WITHIN = 1000
/** How long a popup may show an answer before the page that opened it takes it from there. */
export const UNHANDLED_WITHIN = 2000
/** How long a login that the callback page completes may take. */
export const COMPLETES_WITHIN = 90_000
/** How long a link may take to arrive after its page was reported closed: Android reports that first. */
export const LINK_GRACE = 1000
/** How long the other calls of an app wait for the login of the link that started it. */
export const READY_WITHIN = 3000
/** When the record of a login that never ended is removed. Nothing depends on it, as clocks jump. */
export const RECORD_LIFETIME: number = 24 * 60 * 60_000

/** The milliseconds since some moment, by a clock that nobody sets; for durations. */
export const monotonic = (): number => (typeof performance === 'object' ? performance.now() : Date.now())
