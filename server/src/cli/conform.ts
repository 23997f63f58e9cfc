import { readArguments } from './arguments.ts'
import type { Subject } from './conform/check.ts'
import { conform as check, type Finding, metadataOf } from './conform/conform.ts'
import { listenAt } from './conform/listen.ts'
import { CommandError, type Terminal } from './terminal.ts'

export const conformHelp = `stagedoor conform ISSUER --client ID [--redirect-uri URI] [--without-login]

Checks a server, this one or another, by what OAuth 2.0 and OpenID Connect ask of it, and says what each check came to. Some of
them need a person, who is given an address to open, three times: the client must be a public one that has the redirect URI.

  --client ID          the client_id
  --redirect-uri URI   where the person comes back to; http://localhost:4499/cb unless it is given
  --without-login      check what can be checked without a person
  --json               answer in JSON, a finding a line`

const options = {
  client: { type: 'string' },
  'redirect-uri': { type: 'string' },
  'without-login': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** `stagedoor conform` */
export async function conform(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values, positionals } = readArguments(args, options, ['ISSUER'])
  const [issuer = ''] = positionals
  const clientId = values.client
  if (clientId === undefined)
    throw new CommandError('--client is missing: name a client that is registered there.')
  if (!URL.canParse(issuer)) throw new CommandError('ISSUER must be a URL, such as https://issuer.example.')
  const metadata = await metadataOf(issuer).catch(() => undefined)
  if (metadata === undefined)
    throw new CommandError(`Nothing at ${issuer}/.well-known/ says what this server does. Check the address.`)
  const redirectUri = values['redirect-uri'] ?? 'http://localhost:4499/cb'
  const listener = values['without-login'] === true ? null : await listenAt(redirectUri)
  const subject: Subject = {
    ...{ issuer, metadata, clientId, redirectUri },
    logIn:
      listener &&
      ((address) => {
        if (!values.json) terminal.out(`\nOpen this address, sign in there and allow it:\n${address}\n`)
        return listener.next()
      }),
  }
  try {
    const tell = (finding: Finding) =>
      terminal.out(values.json ? JSON.stringify(facts(finding)) : lineOf(finding))
    const findings = await check(subject, tell)
    const wrong = findings.filter(({ result }) => result.outcome === 'failed')
    if (wrong.length > 0) throw new CommandError(`${wrong.length} of ${findings.length} checks failed.`)
    if (!values.json) terminal.out(`\nNothing failed of ${findings.length} checks.`)
  } finally {
    listener?.close()
  }
}

const facts = ({ id, about, result }: Finding) => ({ id, about, ...result })

const words = { passed: 'passed ', failed: 'FAILED ', skipped: 'skipped' } as const

function lineOf({ id, about, result }: Finding): string {
  const why = result.outcome === 'passed' ? '' : `\n         ${result.why}`
  return `${words[result.outcome]}  ${id}: ${about}${why}`
}
