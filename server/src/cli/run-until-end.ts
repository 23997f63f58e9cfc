import type { Running } from '../server.ts'
import { CommandError, type Ending } from './terminal.ts'

/**
 * Lets a server run until the process is to end, and then stops it without losing a request.
 * @throws CommandError when a fatal error is why it ended
 */
export async function runUntilEnd(
  running: Pick<Running, 'drain' | 'stop'>,
  stopped: Promise<Ending>,
): Promise<void> {
  const ending = await stopped
  await running.drain()
  await running.stop()
  if (ending === 'failed') throw new CommandError('The server ended because of an error; its log says which.')
}
