export { type Fake, type FakeOptions, type FakeSdk, fakeSdk } from './testing-fake.ts'
export type { LoginOutcome } from './testing-platform.ts'
export {
  logInWithPlaywright,
  type PlaywrightLocator,
  type PlaywrightLogin,
  type PlaywrightPage,
} from './testing-playwright.ts'
export { checkTokenStore } from './testing-token-store.ts'
