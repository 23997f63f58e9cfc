import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { isUnavailable } from '../failure.ts'
import { finderOn } from './find.ts'
import { isQuestion } from './question.ts'

/** A thread that searches by a connection of its own, which reads what is committed and writes nothing. */

const database = new DatabaseSync(String(workerData), { readOnly: true })
database.exec('PRAGMA busy_timeout = 500')
// What a search looks at lies all over the file.
database.exec(`PRAGMA mmap_size = ${2 ** 32}`)
database.exec('PRAGMA cache_size = -16384')
const find = finderOn(database)

parentPort?.on('message', (question: unknown) => {
  if (!isQuestion(question)) throw new TypeError('A search is asked for otherwise')
  const { number, kind, text } = question
  try {
    parentPort?.postMessage({ number, ids: find(kind, text) })
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ number, fault, isUnavailable: isUnavailable(error) })
  }
})
