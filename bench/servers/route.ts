import { createInterface } from 'node:readline'

/** The one thing that a bare server answers: as many bytes as ours does. */
export interface BareRoute {
  readonly status: number
  readonly type: string | undefined
  /** Of the body. */
  readonly bytes: number
  /** Of the address that the answer leads to, where it leads anywhere. */
  readonly locationBytes: number
}

/** What is answered. An object is serialized each time, as that is what a route does. */
export interface BareAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | string | { readonly filler: string }
}

/** Where the bench asks for it. */
export const port = Number(process.env['PORT'])

const braces = '{"filler":""}'.length

function answerOf({ status, type, bytes, locationBytes }: BareRoute): BareAnswer {
  const location = locationBytes > 0 ? `/${'x'.repeat(locationBytes - 1)}` : undefined
  return {
    status,
    headers: {
      ...(type !== undefined && { 'content-type': type }),
      ...(location !== undefined && { location }),
    },
    body: type?.startsWith('application/json')
      ? { filler: 'x'.repeat(Math.max(0, bytes - braces)) }
      : type?.startsWith('text/')
        ? 'x'.repeat(bytes)
        : Buffer.alloc(bytes),
  }
}

/** What is answered now. */
export let answer: BareAnswer = answerOf({ status: 200, type: undefined, bytes: 0, locationBytes: 0 })

/** Says that the server listens, and from then on answers as each line says that it reads. */
export async function ready(): Promise<void> {
  process.stdout.write('ready\n')
  for await (const line of createInterface(process.stdin)) {
    const route: BareRoute = JSON.parse(line)
    answer = answerOf(route)
    process.stdout.write('ready\n')
  }
}
