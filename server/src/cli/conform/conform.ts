import { authorizationChecks } from './authorization.ts'
import { type Check, failed, objectOf, type Result, type Subject } from './check.ts'
import { discoveryChecks } from './discovery.ts'
import { checkWholeLogin, loginChecks } from './login.ts'
import { tokenChecks } from './token.ts'

/** What one check came to. */
export interface Finding {
  readonly id: string
  readonly about: string
  readonly result: Result
}

/** Reads what a server says of itself; undefined where it says nothing. */
export async function metadataOf(issuer: string): Promise<Subject['metadata'] | undefined> {
  const base = issuer.replace(/\/$/, '')
  for (const path of ['openid-configuration', 'oauth-authorization-server']) {
    const response = await fetch(`${base}/.well-known/${path}`)
    const metadata = objectOf(await response.text())
    if (response.ok && typeof metadata['authorization_endpoint'] === 'string') return metadata
  }
  return undefined
}

/**
 * Checks a server by what the specifications ask of it, one after another.
 * @param tell is told of each finding as it is made
 */
export async function conform(
  subject: Subject,
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const note = (id: string, about: string, result: Result) => {
    findings.push({ id, about, result })
    tell({ id, about, result })
  }
  const runAll = async (checks: readonly Check[]) => {
    for (const { id, about, run } of checks) note(id, about, await run(subject).catch(unexpected))
  }
  await runAll([...discoveryChecks, ...authorizationChecks, ...tokenChecks])
  for (const [id, about, result] of await checkWholeLogin(subject)) note(id, about, result)
  await runAll(loginChecks)
  return findings
}

const unexpected = (error: unknown): Result =>
  failed(error instanceof Error ? `the check ended with: ${error.message}` : 'the check ended')
