import { signUp } from '../accounts/sign-up.ts'
import { problemOf, registerApp } from '../apps/register.ts'
import type { Random } from '../crypto/secret.ts'
import type { Store } from '../store/contract/store.ts'
import { CommandError } from './terminal.ts'

/** The app that development always has. Its key is public, as every API key is, and the same everywhere. */
export const sampleApp = {
  apiKey: '0057a6ed000057a6ed000057a6ed000057a6ed00',
  name: 'Stagedoor example',
  redirectUris: ['http://localhost:5177/'],
} as const

/** The accounts that development always has; their passwords are hashed beforehand, so that every start is quick. */
export const sampleUsers = [
  {
    handle: 'nova',
    name: 'Nova Reyes',
    email: 'nova@example.com',
    password: 'sample-of-nova',
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$hLu2bjCCYvxO/L7OgpnNSw$JAjITJk4UX9In5saGE0951wfJcmklK4J7c+Cf1nAJ7M',
    kind: 'a verified artist',
    isVerified: true,
    profilePicture: 'bafkreigwyw4kwt5kxx4c4skosfrasbgzivnbvjpaqc43w5vhffxxtnqz74',
  },
  {
    handle: 'jun',
    name: 'Jun Park',
    email: 'jun@example.com',
    password: 'sample-of-jun',
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$mLyz1TI886dv/rgZIEd5hw$CwK5oMO0UHPEDbuvQFVKZL87TH5rgzNBCVGm7J99L/c',
    kind: 'an artist',
    isVerified: false,
    profilePicture: 'bafkreihdxkugedo4mes4jds63jif34dcq2jciwlznjhgdxooxx373fhjv4',
  },
  {
    handle: 'sam',
    name: 'Sam Lindqvist',
    email: 'sam@example.com',
    password: 'sample-of-sam',
    passwordHash:
      '$argon2id$v=19$m=19456,t=2,p=1$GI6OmwNlLKki1P/tO4mvYg$vT6oFkqw9ApiFvk28eWNLBVmhzXuSng4ZD4/NTqeDRg',
    kind: 'a listener',
    isVerified: false,
    profilePicture: null,
  },
] as const

/** A sample account as scripts are told of it. */
export interface Sample {
  readonly handle: string
  readonly email: string
  readonly password: string
  readonly userId: number
  readonly verified: boolean
}

/**
 * Adds the sample app and accounts that are not there yet.
 * @throws CommandError when what is there is in their way
 */
export async function seed(deps: {
  readonly store: Store
  readonly brand: string
  readonly clock: () => number
  readonly random: Random
}): Promise<readonly Sample[]> {
  if ((await deps.store.findApp(sampleApp.apiKey)) === undefined) {
    const registration = await registerApp({ ...sampleApp, ownerId: null }, deps, sampleApp.apiKey)
    if ('faults' in registration) throw inTheWay(problemOf(registration.faults))
  }
  const samples: Sample[] = []
  for (const sample of sampleUsers) {
    const { handle, email, password, isVerified: verified } = sample
    const found = await deps.store.findUserByHandle(handle)
    const result =
      found === undefined
        ? await signUp(sample, confirmed(sample), ours(deps), async () => sample.passwordHash)
        : { user: found }
    if ('errors' in result) throw inTheWay(Object.values(result.errors).join(' '))
    // A data folder of before knew no confirmed addresses.
    if (found?.emailStatus === 'unconfirmed') await deps.store.confirmEmail(handle, deps.clock())
    samples.push({ handle, email, password, userId: result.user.id, verified })
  }
  return samples
}

const confirmed = ({ isVerified, profilePicture }: (typeof sampleUsers)[number]) =>
  ({ isVerified, profilePicture, emailClaim: 'confirmed' }) as const

// Their passwords are printed for everybody.
const ours = <Deps>(deps: Deps) => ({
  ...deps,
  commonPasswords: { includes: () => false, includesWord: () => false },
})

const inTheWay = (problem: string): CommandError =>
  new CommandError(`The samples cannot be added: ${problem} Use --ephemeral, or another --data-dir.`)
