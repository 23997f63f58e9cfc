import type { Platform } from '../platform/platform.ts'
import { type Answer, codeOf } from '../protocol/authorization-response.ts'
import type { LoginContext } from '../session/context.ts'

/**
 * Redeems an answer here. Answers false when its login is not waiting, or was taken by another; rejects with `aborted`
 * when the signal says so meanwhile.
 */
export async function redeem(
  { app, transactions, session }: LoginContext<Platform>,
  answer: Answer,
  signal?: Pick<AbortSignal, 'aborted'>,
): Promise<boolean> {
  const transaction = await transactions.take(answer.state)
  if (!transaction) return false
  await session.exchange(codeOf(answer, app.issuer), transaction, signal)
  return true
}
