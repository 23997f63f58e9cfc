import { device } from '../device'
import { userAgent } from '../user-agent'

/** The in-app browser, as a user agent without a screen: the pages and the redirect are the server's. */
export async function openAuthSessionAsync(url: string, redirectUri: string) {
  return { type: 'success', url: await userAgent(device.person)(url, redirectUri) }
}

export function dismissAuthSession() {}
