import { parentPort, workerData } from 'node:worker_threads'
import { ask } from './ask.ts'

// A thread of its own: somebody who is signed in, and asks for their page every 50 ms.

/** How long somebody who is signed in waited. */
export interface Waits {
  /** Milliseconds, from the shortest to the longest. */
  readonly times: readonly number[]
  /** How many were not answered with 200. */
  readonly failures: number
}

const { url, cookie, milliseconds } = workerData
const end = performance.now() + milliseconds
const times: number[] = []
let failures = 0
while (performance.now() < end) {
  const from = performance.now()
  const { status } = await ask(url, { method: 'GET', path: '/account', headers: { cookie } })
  times.push(performance.now() - from)
  if (status !== 200) failures += 1
  await new Promise((resolve) => setTimeout(resolve, 50))
}
const waits: Waits = { times: times.sort((one, other) => one - other), failures }
parentPort?.postMessage(waits)
