import { failure } from '../errors/errors.ts'
import { send } from '../http/client.ts'
import { type Fields, fields, jsonFields, text } from '../http/fields.ts'
import { originOf } from '../http/url.ts'
import type { SessionContext } from '../session/context.ts'

/** What a server says of itself and of the nodes that it knows. */
async function health(base: string): Promise<Fields> {
  const { response, body } = await send(`${base}/health_check`, {})
  return response.ok ? fields(jsonFields(body)['data']) : {}
}

/** The nodes' base URLs; none that would carry in the clear what the API itself does not. */
function endpointsIn(data: Fields, issuer: string): string[] {
  const nodes = fields(data['network'])['content_nodes']
  const endpoints = (Array.isArray(nodes) ? nodes : []).map((node) => text(fields(node)['endpoint']) ?? '')
  const scheme = issuer.startsWith('https:') ? /^https:/ : /^https?:/
  return endpoints
    .filter((endpoint) => scheme.test(originOf(endpoint) ?? ''))
    .map((endpoint) => endpoint.replace(/\/+$/, ''))
}

/**
 * Finds a storage node with room: the API's own server where it is one, else any.
 * Rejects with `storage_unavailable`, or with `unreachable` or `timeout` when nobody answered.
 */
export async function findStorageNode({ app, platform }: SessionContext): Promise<string> {
  const endpoints = endpointsIn(await health(app.issuer), app.issuer)
  const own = endpoints.filter((endpoint) => originOf(endpoint) === originOf(app.issuer))
  const others = endpoints.filter((endpoint) => !own.includes(endpoint))
  const [first = 0] = platform.randomBytes(1)
  const turn = first % (others.length || 1)
  let lost: unknown
  let hasAnswered = false
  for (const endpoint of [...own, ...others.slice(turn), ...others.slice(0, turn)]) {
    try {
      if ((await health(endpoint))['diskHasSpace'] === true) return endpoint
      hasAnswered = true
    } catch (error) {
      lost = error
    }
  }
  if (lost && !hasAnswered) throw lost
  throw failure('storage_unavailable')
}
