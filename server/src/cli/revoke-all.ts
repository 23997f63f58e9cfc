import type { AccessOf } from '../store/contract/store.ts'
import { readArguments } from './arguments.ts'
import { dataHelp, dataOptions, keyOf, momentOf, placeOf, userOf, withOperator } from './data.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const revokeAllHelp = `stagedoor revoke-all --before DATE | --user HANDLE | --app API_KEY

Ends access at once, in an installation that may be serving meanwhile: tokens, codes and remembered consents, and but for
--app sessions and management tokens too. People sign in and allow apps again. Passwords and passkeys stay.

  --before DATE    whatever began before it, such as 2026-05-04 or 2026-05-04T10:00Z
  --user HANDLE    all that one account has
  --app API_KEY    all that one app has

${dataHelp}`

const options = {
  ...dataOptions,
  before: { type: 'string' },
  user: { type: 'string' },
  app: { type: 'string' },
} as const

/** `stagedoor revoke-all` */
export async function revokeAll(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = readArguments(args, options)
  const { before, user, app } = values
  if ([before, user, app].filter((each) => each !== undefined).length !== 1)
    throw new CommandError('Say what to end: one of --before DATE, --user HANDLE and --app API_KEY.')
  const moment = before === undefined ? 0 : momentOf('--before', before)
  const apiKey = app === undefined ? '' : keyOf(app)
  const ended = await withOperator(placeOf(values['data-dir'], terminal), async (store) => {
    const access: AccessOf =
      before !== undefined
        ? { before: moment }
        : user !== undefined
          ? { userId: (await userOf(user, store)).id }
          : { apiKey }
    if ('apiKey' in access && (await store.findApp(apiKey)) === undefined)
      throw new CommandError('There is no app with this API key.')
    return store.endAccess(access, Date.now())
  })
  const { logins, sessions, consents } = ended
  terminal.out(
    values.json
      ? JSON.stringify(ended)
      : `Ended ${logins} logins of apps, ${sessions} sessions and ${consents} consents.`,
  )
}
