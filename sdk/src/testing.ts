/**
 * For the tests of apps: a fake of the SDK, a login in Playwright, a test of token stores.
 *
 * @module @stagedoor/sdk/testing
 */

export { type Fake, type FakeApi, type FakeOptions, type FakeSdk, fakeSdk } from './testing/fake.ts'
export type { LoginOutcome } from './testing/platform.ts'
export {
  logInWithPlaywright,
  type PlaywrightLocator,
  type PlaywrightLogin,
  type PlaywrightPage,
} from './testing/playwright.ts'
export { checkTokenStore } from './testing/token-store.ts'
