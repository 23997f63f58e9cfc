import { failure } from '../errors/errors.ts'
import type { CallOptions } from '../http/abort.ts'
import { fields, isText } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { callApi } from './call.ts'

/** Creates one of a kind (`track`), and answers its id, wherever the server tells it. */
export async function create(
  context: SessionContext,
  kind: 'track' | 'playlist' | 'comment',
  { metadata, ...query }: { readonly metadata: object },
  options: CallOptions | undefined,
): Promise<string> {
  const answer = await callApi(context, { method: 'POST', path: `/${kind}s`, query, body: metadata }, options)
  const id = answer[`${kind}Id`] ?? fields(answer['data'])[`${kind}Id`]
  if (!isText(id)) throw failure('invalid_answer')
  return id
}
