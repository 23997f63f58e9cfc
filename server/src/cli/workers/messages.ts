/** What a worker and the process that started it send each other. */
export interface WorkerMessage {
  readonly kind:
    | 'ready' // the worker answers requests
    | 'end' // the worker is to drain and end
    | 'count' // asks for the counts of the other side: of this worker, or of all
    | 'counted' // answers that
  /** Which question is meant. */
  readonly id: number
  /** In the text format of Prometheus; empty where there is none. */
  readonly text: string
}

const kinds = ['ready', 'end', 'count', 'counted'] as const

/** Reads what has arrived; `undefined` for what is not ours. */
export function readMessage(given: unknown): WorkerMessage | undefined {
  if (!(given instanceof Object && 'kind' in given && 'id' in given && 'text' in given)) return undefined
  const { id, text } = given
  const kind = kinds.find((each) => each === given.kind)
  return kind !== undefined && typeof id === 'number' && typeof text === 'string'
    ? { kind, id, text }
    : undefined
}

export const message = (kind: WorkerMessage['kind'], id = 0, text = ''): WorkerMessage => ({ kind, id, text })
