import { failure } from '../errors/errors.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { Channel, PageFacts, Receive } from './platform.ts'

/** Whether this page was given an origin that no other has, whatever its address: by a frame, or by its own policy. */
const isSandboxed = ({ origin }: BrowserWindow): boolean => origin === 'null'

/**
 * BroadcastChannel, and messages to and from the opener for where storage is partitioned. Throws `redirect_uri_origin` in a page
 * that no other can talk to.
 */
export function channelOf(window: BrowserWindow, name: string, receive: Receive): Channel {
  if (isSandboxed(window)) throw failure('redirect_uri_origin', { reason: 'sandboxed' })
  const origin = window.location?.origin ?? ''
  const broadcast = window.BroadcastChannel && new window.BroadcastChannel(name)
  broadcast?.addEventListener('message', ({ data }) => {
    receive(data, (reply) => broadcast.postMessage(reply))
  })
  const onMessage = (event: MessageEvent) => {
    if (event.origin !== origin) return
    receive(event.data, (reply) => event.source?.postMessage(reply, { targetOrigin: origin }))
  }
  window.addEventListener?.('message', onMessage)
  return {
    post: (data) => {
      broadcast?.postMessage(data)
      window.opener?.postMessage(data, origin)
    },
    close: () => {
      broadcast?.close()
      window.removeEventListener?.('message', onMessage)
    },
  }
}

/** Whether this page cuts the popups it opens from itself, by its `Cross-Origin-Opener-Policy`. */
async function seversPopups(window: BrowserWindow): Promise<boolean> {
  const answer = await window.fetch?.(window.location?.href ?? '', { method: 'HEAD' })
  return /^\s*same-origin(?!-allow)/.test(answer?.headers.get('cross-origin-opener-policy') ?? '')
}

/** Whether the page around this one is another origin's: then nothing of it can be read. */
function isFramed({ parent }: BrowserWindow): boolean {
  try {
    return parent?.location.href === null
  } catch {
    return true
  }
}

/** How this page is shown. What cannot be known is as it mostly is. */
export const factsOf = async (window: BrowserWindow): Promise<PageFacts> => ({
  seversPopups: await seversPopups(window).catch(() => false),
  isFramed: isFramed(window),
  isSandboxed: isSandboxed(window),
  isSecure: window.isSecureContext !== false,
})
