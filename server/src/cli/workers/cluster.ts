import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { readMessage, type WorkerMessage } from './messages.ts'
import type { Primary, Processes } from './processes.ts'

/** The environment of a worker has its number in here. */
const numberName = 'STAGEDOOR_WORKER'

/** The processes of one server, as Node's cluster has them. */
export const clustered: Processes = {
  available: availableParallelism(),
  primary: cluster.isWorker ? primaryOf(process) : null,
  fork(number) {
    const worker = cluster.fork({ [numberName]: number })
    return {
      // It may end meanwhile, which `ended` tells.
      send: (message) => worker.isConnected() && worker.send(message, undefined, () => undefined),
      on: (listener) => worker.on('message', heard(listener)),
      ended: new Promise((resolve) =>
        worker.once('exit', (code, signal: string | null) => resolve(signal ?? code)),
      ),
    }
  },
}

function primaryOf(self: NodeJS.Process): Primary {
  return {
    number: Number(self.env[numberName]),
    send: (message) => self.send?.(message, undefined, undefined, () => undefined),
    on: (listener) => self.on('message', heard(listener)),
  }
}

const heard = (listener: (message: WorkerMessage) => void) => (given: unknown) => {
  const message = readMessage(given)
  if (message !== undefined) listener(message)
}
