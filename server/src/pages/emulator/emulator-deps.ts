import type { Emulator } from '../../usage/emulator/emulator.ts'
import type { DeveloperDeps } from '../developers/developer-deps.ts'

/** What the pages of the emulator need. */
export interface EmulatorDeps extends DeveloperDeps {
  readonly emulator: Emulator
}
