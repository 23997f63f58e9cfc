import { join } from 'node:path'

/**
 * The data folder of a worker: each is a node. The first has that of the installation, so that whatever one process has
 * left there goes on.
 */
export const workerFolder = (dataDir: string | null, number: number): string | null =>
  dataDir === null || number === 1 ? dataDir : join(dataDir, 'workers', String(number))
