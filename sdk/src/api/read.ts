import type { CallOptions } from '../http/abort.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswer, readAnswers } from './answers.ts'
import { callApi, type Data } from './call.ts'
import type * as Api from './generated.ts'

/** What a read asks for: the path below `/v1`, its query and options, and whether nobody may read it without a login. */
type Asked = readonly [path: string, query: object, options?: CallOptions | undefined, isPrivate?: boolean]

/** How calls read what the API answers. */
export interface Reads {
  /** What stands under `data`, of which nothing is known. */
  raw(...asked: Asked): Promise<unknown>
  /** One answer of a shape. */
  one<Name extends keyof Api.Answers>(name: Name, ...asked: Asked): Promise<Data<Api.Answers[Name]>>
  /** A list of answers of a shape. */
  many<Name extends keyof Api.Answers>(name: Name, ...asked: Asked): Promise<Data<Api.Answers[Name][]>>
}

/** The reads of whoever is logged in. */
export function readsOf(context: SessionContext): Reads {
  const raw: Reads['raw'] = async (path, query, options, isPrivate = false) =>
    (await callApi(context, { path, query, isPrivate }, options))['data']
  return {
    raw,
    one: async (name, ...asked) => ({ data: readAnswer(name, await raw(...asked)) }),
    many: async (name, ...asked) => ({ data: readAnswers(name, await raw(...asked)) }),
  }
}
