import { describe, expect, test } from 'vitest'
import { hashPassword, isPassword } from '../src/accounts/password.ts'
import { sampleUsers } from '../src/cli/samples.ts'

describe('a password', () => {
  test('is known by its hash, and by no other', async () => {
    const hash = await hashPassword('right pass-phrase')
    expect(await isPassword('right pass-phrase', hash)).toBe(true)
    expect(await isPassword('wrong pass-phrase', hash)).toBe(false)
  })

  test('is checked as long where there is no account', async () => {
    const hash = await hashPassword('right pass-phrase')
    const time = async (known: string | undefined) => {
      const start = performance.now()
      expect(await isPassword('wrong pass-phrase', known)).toBe(false)
      return performance.now() - start
    }
    // In turns, so that whatever else the machine does falls on both alike.
    let [withAccount, without] = [0, 0]
    for (let i = 0; i < 15; i += 1) {
      withAccount += await time(hash)
      without += await time(undefined)
    }
    expect(without / withAccount).toBeGreaterThan(0.4)
    expect(without / withAccount).toBeLessThan(2.5)
  })

  test('of no account is none, not even the text behind the decoy', async () => {
    expect(await isPassword('no account has this password', undefined)).toBe(false)
  })
})

test.each(sampleUsers)(
  'the hash of $handle’s sample password is one as any',
  async ({ password, passwordHash }) => {
    expect(await isPassword(password, passwordHash)).toBe(true)
    const cost = (hash: string) => hash.split('$').slice(0, 4)
    expect(cost(passwordHash)).toEqual(cost(await hashPassword(password)))
  },
)
