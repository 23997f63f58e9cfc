import * as exported from './browser.ts'

/** What a `<script>` knows as `audiusSdk`: `sdk()` itself, as `@audius/sdk` has it, which carries all that `.` exports. */
const audiusSdk: typeof exported.sdk & typeof exported = Object.assign(
  (config: exported.SdkConfig) => exported.sdk(config),
  exported,
)

export default audiusSdk
