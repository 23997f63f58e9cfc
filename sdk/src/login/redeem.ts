import { isStagedoorError, type StagedoorError } from '../errors/errors.ts'
import type { Platform } from '../platform/platform.ts'
import type { Answer } from '../protocol/authorization-response.ts'
import { codeGrant, codeOf } from '../protocol/code.ts'
import type { Transaction } from '../protocol/transaction.ts'
import type { LoginContext } from '../session/context.ts'
import { persist } from './persist.ts'

/** Whether a login that failed can still be had: nobody has said that it is over. */
export const canGoOn = (error: unknown): error is StagedoorError => isStagedoorError(error) && error.retryable

/** Redeems the answer of a login that was taken. Its record stays as long as it can go on. */
export async function exchange(
  { app, client, transactions, session }: LoginContext<Platform>,
  answer: Answer,
  transaction: Transaction,
  signal?: Pick<AbortSignal, 'aborted'>,
): Promise<void> {
  try {
    const grant = codeGrant(await codeOf(answer, app.issuer), transaction)
    await session.exchange((isEnded) => persist(() => client.token(grant), isEnded), transaction, signal)
  } catch (error) {
    if (!canGoOn(error)) transactions.drop(answer.state)
    throw error
  }
  transactions.drop(answer.state)
}

/**
 * Redeems an answer here. Answers false when its login is not waiting, or was taken by another; rejects with `aborted`
 * when the signal says so meanwhile.
 */
export async function redeem(
  context: LoginContext<Platform>,
  answer: Answer,
  signal?: Pick<AbortSignal, 'aborted'>,
): Promise<boolean> {
  const transaction = await context.transactions.take(answer.state)
  if (!transaction) return false
  await exchange(context, answer, transaction, signal)
  return true
}
