import type { Config } from '../../config.ts'

/**
 * How many processes are to serve.
 * @param available how many the machine runs at once
 */
export function workersOf(
  { workers, database, media }: Pick<Config, 'workers' | 'database' | 'media'>,
  available: number,
): number {
  if (workers !== 'auto') return workers
  return database === null || media === null ? 1 : available
}
