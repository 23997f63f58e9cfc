import type { BrowserContext, Page } from 'playwright-core'

/** A passkey as the browser's automation knows it. */
export interface Credential {
  readonly credentialId: string
  readonly isResidentCredential: boolean
  readonly privateKey: string
  readonly signCount: number
}

/** A device that keeps passkeys and whose owner always says yes, for one tab. */
export interface Device {
  credentials(): Promise<readonly Credential[]>
  /** Whether its owner can unlock it. */
  unlocks(canUnlock: boolean): Promise<void>
}

/**
 * Gives a tab a device of its own, with what another has made. Its owner says yes to whatever is asked, so it is not
 * asked for passkeys to fill in: that would sign in before anything is pressed.
 */
export async function giveDevice(page: Page, keys: readonly Credential[] = []): Promise<Device> {
  await fillInNothing(page)
  return giveFillingDevice(page, keys)
}

/** Has a tab, or every tab of a browser, not ask for passkeys to fill in from its next page on: a popup has begun before it is met. */
export async function fillInNothing(where: Page | BrowserContext): Promise<void> {
  await where.addInitScript(() => {
    Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable')
  })
}

/** Gives a tab a device whose owner also picks a passkey as soon as the browser offers to fill one in. */
export async function giveFillingDevice(page: Page, keys: readonly Credential[]): Promise<Device> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  for (const credential of keys) await session.send('WebAuthn.addCredential', { authenticatorId, credential })
  return {
    credentials: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    unlocks: async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
  }
}
