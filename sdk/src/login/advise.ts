import { isStagedoorError } from '../errors/errors.ts'
import type { WindowPlatform } from '../platform/platform.ts'
import type { LoginOptions } from '../protocol/authorization-request.ts'
import type { LoginContext } from '../session/context.ts'
import { isDebugged } from './debugged.ts'

/**
 * Says in a developer's console what stands in the way of a login that has begun, or why it failed.
 *
 * @param error What it failed with; left out where it has begun.
 */
export async function advise(
  context: LoginContext<WindowPlatform>,
  options: LoginOptions,
  error?: unknown,
): Promise<void> {
  if (!isDebugged(context.app)) return
  const { findings } = await import('./doctor.ts')
  const code = error === undefined ? undefined : isStagedoorError(error) ? error.code : ''
  const redirectUri = options.redirectUri ?? context.app.redirectUri ?? ''
  for (const finding of await findings(context, redirectUri, code)) console.warn(`[stagedoor] ${finding}`)
}
