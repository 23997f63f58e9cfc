import { discreet } from '../http/discreet.ts'

/** Milliseconds in which a page is told of what its policy has refused: in a task of its own, after the request has failed. */
const TOLD_WITHIN = 200

/** Whether the content security policy of this page forbids requests to an origin (CSP3 §5.3): it says so to the page alone. */
export function isForbidden(origin: string): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isSeen: boolean) => {
      globalThis.removeEventListener?.('securitypolicyviolation', see)
      resolve(isSeen)
    }
    const see = (event: Event) => {
      if ('effectiveDirective' in event && event.effectiveDirective === 'connect-src') end(true)
    }
    globalThis.addEventListener?.('securitypolicyviolation', see)
    fetch(origin, { ...discreet(), mode: 'no-cors' }).then(
      () => end(false),
      () => setTimeout(end, TOLD_WITHIN, false),
    )
  })
}
