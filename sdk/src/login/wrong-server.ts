import { FIRST_RETRY } from '../durations.ts'
import { failure, isStagedoorError } from '../errors/errors.ts'
import { send } from '../http/client.ts'
import { discreet } from '../http/discreet.ts'
import { jsonFields, text } from '../http/fields.ts'
import { isLoopback, isSameServer } from '../http/url.ts'

/** Whether anything answers at an origin, also what no page may read. */
const answers = (origin: string): Promise<boolean> =>
  fetch(origin, { ...discreet(), redirect: 'follow', mode: 'no-cors' }).then(
    () => true,
    () => false,
  )

/** What a look at a server's metadata (RFC 8414 §3) tells: null when a login may well end there. */
async function faultOf(issuer: string, isLast: boolean) {
  const url = `${issuer}/.well-known/oauth-authorization-server`
  const noServer = (reason: string, status?: number) =>
    failure('invalid_answer', { reason, ...(status && { status }) })
  try {
    const { response, body } = await send(url, {})
    const { status, ok } = response
    const isJson = /^\s*\{/.test(body)
    const named = text(jsonFields(body)['issuer'])
    if (named !== undefined)
      return isSameServer(named, issuer)
        ? null
        : failure('issuer_mismatch', { reason: `${issuer} is ${named}` })
    // The hosted service publishes none, and a server under development has it.
    const isNone = ok ? !isJson : isLoopback(issuer) && status < 500
    return isNone ? noServer(`no authorization server: ${url}`, status) : null
  } catch (error) {
    if (!isStagedoorError(error) || error.code !== 'unreachable') return null
    if (!(await answers(issuer)))
      return isLast ? failure('unreachable', { reason: `no server: ${issuer}` }) : 'again'
    return isLoopback(issuer) ? noServer(`no authorization server: ${url}`) : null
  }
}

/**
 * Rejects when no login can end at a server, and stays pending otherwise: a window that shows an error page tells nothing
 * to the page that opened it.
 *
 * @throws NetworkError `unreachable`, `invalid_answer`; LoginError `issuer_mismatch`. Each says what was seen.
 */
export async function wrongServer(issuer: string): Promise<never> {
  let fault = await faultOf(issuer, false)
  if (fault === 'again') {
    await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY))
    fault = await faultOf(issuer, true)
  }
  if (fault && fault !== 'again') throw fault
  return new Promise(() => {})
}
