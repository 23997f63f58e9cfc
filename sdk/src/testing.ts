/**
 * For the tests of apps: a fake of the SDK, the emulator, a login in Playwright, a test of token stores.
 *
 * @module @stagedoor/sdk/testing
 */

export { type EmulatedFault, type Emulator, emulatorAt, type FaultOptions } from './testing/emulator.ts'
export type {
  EmulatedState,
  EmulatorAccount,
  EmulatorApp,
  EmulatorFlow,
  EmulatorMail,
  EmulatorWaitingFault,
} from './testing/emulator-state.ts'
export { type Fake, type FakeApi, type FakeOptions, type FakeSdk, fakeSdk } from './testing/fake.ts'
export type { LoginOutcome } from './testing/platform.ts'
export {
  logInWithPlaywright,
  type PlaywrightLocator,
  type PlaywrightLogin,
  type PlaywrightPage,
} from './testing/playwright.ts'
export {
  type EmulatorUser,
  type StartEmulatorOptions,
  type StartedEmulator,
  startEmulator,
} from './testing/start-emulator.ts'
export { checkTokenStore } from './testing/token-store.ts'
