import { type Installation, remains, settled } from '@stagedoor/testkit/installation'
import { expectProblem } from '@stagedoor/testkit/wire-app'
import { expect } from 'vitest'

/** Asserts that requests are refused in the shape of every other error, and leave an installation's uploads as they were. */
export const refusalsOf =
  ({ folder }: Installation) =>
  async (
    ask: () => Promise<Response>,
    status: number,
    error = 'invalid_request',
    words?: RegExp,
  ): Promise<void> => {
    const before = await settled(folder)
    const response = await ask()
    const body = await response.json()
    expectProblem({ status: response.status, headers: response.headers, body }, status, error, words)
    expect(response.headers.get('tus-resumable')).toBe('1.0.0')
    expect(response.headers.get('access-control-expose-headers')).toMatch(/Upload-Offset/)
    expect(remains(folder)).toEqual(before)
  }
