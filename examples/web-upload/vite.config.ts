import { setTimeout as wait } from 'node:timers/promises'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const port = 5177

/** Says in one line where the example is, or why it is nowhere. */
const greeting: Plugin = {
  name: 'greeting',
  apply: 'serve',
  configureServer({ httpServer, config }) {
    httpServer?.once('listening', async () => {
      const endpoint = config.env['VITE_API_ENDPOINT'] ?? ''
      const answers = await isUp(endpoint)
      console.log(`  Example   http://localhost:${config.server.port}/`)
      if (!answers) console.warn(`  Nothing answers at ${endpoint}. To start it: npx stagedoor dev`)
    })
    httpServer?.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return
      console.error(`Port ${config.server.port} is taken. Stop what listens there.`)
      process.exit(1)
    })
  },
}

/**
 * What the built page may load, and where it may send: tokens lie in localStorage, and script that somebody smuggled in would find
 * them. The hosted service keeps files on servers of many names: with it, `img-src`, `media-src` and `connect-src` need `https:`.
 */
const policyFor = (endpoint: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: ${endpoint}`,
    `media-src ${endpoint}`,
    `connect-src 'self' ${endpoint}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

function policy(): Plugin {
  let endpoint = ''
  return {
    name: 'content-security-policy',
    // A page that is developed has inline script of its tools.
    apply: 'build',
    configResolved({ env }) {
      endpoint = env['VITE_API_ENDPOINT'] ?? ''
    },
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policyFor(endpoint) },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** Gives a server that is started together with the example the time to come up. */
async function isUp(endpoint: string): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (await fetch(endpoint).catch(() => null)) return true
    await wait(100)
  }
  return false
}

export default defineConfig({
  plugins: [react(), greeting, policy()],
  // The redirect URI is registered with this port: on another the login would be refused.
  server: { host: 'localhost', port, strictPort: true },
})
