import { writeFileSync } from 'node:fs'
import { afterAll } from 'vitest'
import { rows } from './world.ts'
import './oauth-clients.ts'
import './openid-clients.ts'

afterAll(() => {
  writeFileSync(
    new URL('../docs/clients.md', import.meta.url),
    `# Foreign clients

Unmodified, against this server; \`npm run test:clients\` installs them aside, logs somebody in with each and writes this page.

| client | version | what had to be configured beside the client id and the redirect URI |
| --- | --- | --- |
${rows.toSorted().join('\n')}
`,
  )
})
