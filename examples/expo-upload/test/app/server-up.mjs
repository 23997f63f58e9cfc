import { startServer } from '../server.mts'

/** Starts the server that both platforms' tests use, and names it to the app as `.env` would. */
export default async function serverUp() {
  const server = await startServer()
  globalThis.server = server
  process.env.EXPO_PUBLIC_API_ENDPOINT = server.url
  process.env.EXPO_PUBLIC_API_KEY = server.apiKey
  process.env.DATA_DIR = server.dataDir
}
