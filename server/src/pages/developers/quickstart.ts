import { isLoopbackHost } from '../../apps/loopback.ts'
import { isLoopback, isPrivateUse } from '../../apps/redirect-uri.ts'
import { interaction } from '../../errors/interaction.ts'
import type { App } from '../../store/contract/store.ts'
import { checklist } from '../../usage/checklist.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, renderMember } from '../render.ts'
import { memberPage } from '../session/member.ts'
import { quickstartPage, type Snippet } from '../views/developers/quickstart.tsx'
import type { DeveloperDeps } from './developer-deps.ts'
import { whatWasDone } from './done.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'
import { redirectSetsOf } from './redirect-sets.ts'
import { curlSnippet } from './snippets/curl.ts'
import { expoSnippet } from './snippets/expo.ts'
import { nodeSnippet } from './snippets/node.ts'
import { reactSnippet } from './snippets/react.ts'
import type { Filling } from './snippets/snippet.ts'
import { webSnippet } from './snippets/web.ts'
import { utcOf } from './utc.ts'

/** `GET /developers/{api_key}/quickstart`: programs that log in with this very app when they are pasted. */
export const showQuickstart = memberPage<DeveloperDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const steps = await checklist(app.apiKey, member.session.user.id, deps)
  if (steps === undefined) throw interaction.noPage()
  const page = quickstartPage({
    page: pageOf(deps),
    app: listed(app, deps),
    snippets: snippetsOf(app, deps),
    sets: redirectSetsOf(app.redirectUris),
    steps: steps.map(({ name, doneAt }) => ({ name, doneAt: doneAt === null ? null : utcOf(doneAt) })),
    done: whatWasDone(request),
    csrf: member.csrf,
  })
  return renderMember(200, page, member.cookies)
})

/** A server as a phone reaches it: what this machine calls itself is the phone itself there. */
function reachedByPhones(server: string, ownAddress: string | null) {
  const url = new URL(server)
  if (!isLoopbackHost(url.hostname)) return { server, before: '' }
  const reached = `http://${ownAddress ?? 'YOUR-COMPUTER'}:${url.port}`
  const name = ownAddress === null ? ', with the address of this computer in your network' : ''
  const start = `HOST=0.0.0.0 npx stagedoor dev --public-url ${reached}`
  return {
    server: reached,
    before: `A phone knows no localhost but itself: start this server as ${start}${name}. `,
  }
}

const onPage = (uri: string) => isLoopback(uri) && new URL(uri).port !== ''
const inTool = (uri: string) => isLoopback(uri) && new URL(uri).port === ''

function snippetsOf(app: App, { issuer: server, brand, ownAddress }: PageDeps): readonly Snippet[] {
  const { apiKey, name: appName, redirectUris } = app
  const choose = (
    write: (filling: Filling) => string,
    usual: string,
    ...kinds: ((uri: string) => boolean)[]
  ) => {
    const registered = kinds.map((kind) => redirectUris.find(kind)).find((uri) => uri !== undefined)
    const redirectUri = registered ?? usual
    return {
      redirectUri,
      isRegistered: registered !== undefined,
      text: write({ appName, apiKey, redirectUri, server, brand }),
    }
  }
  const phone = reachedByPhones(server, ownAddress)
  const isWeb = (uri: string) => !isPrivateUse(uri) && !inTool(uri)
  const web = choose(webSnippet, 'http://localhost:5173/', onPage, isWeb)
  const react = choose(reactSnippet, 'http://localhost:5173/', onPage, isWeb)
  const expo = choose(
    (filling) => expoSnippet({ ...filling, server: phone.server }),
    'myapp://oauth/callback',
    isPrivateUse,
  )
  // Only an address of one's own computer can be served there and then.
  const vite = onPage(web.redirectUri) ? `run npx vite --port ${new URL(web.redirectUri).port}` : null
  return [
    {
      id: 'web',
      title: 'Web page',
      before:
        vite === null
          ? `Serve it as the page ${web.redirectUri}, and open that`
          : `Save it as index.html in an empty folder, ${vite} there, and open ${web.redirectUri}`,
      ...web,
    },
    {
      id: 'react',
      title: 'React',
      before: `In an app of npm create vite@latest, run npm install ${server}/sdk.tgz, put this into src/main.jsx, and ${vite ?? `serve what npx vite build makes at ${react.redirectUri}`}`,
      ...react,
    },
    {
      id: 'expo',
      title: 'Expo',
      before: `${phone.before}In an app of npx create-expo-app, run npm install ${server}/sdk.tgz and npx expo install expo-web-browser @react-native-async-storage/async-storage, set "scheme": "${expo.redirectUri.split(':', 1)[0]}" in app.json, and put this into App.js`,
      ...expo,
    },
    {
      id: 'node',
      title: 'Node',
      before: `Run npm install ${server}/sdk.tgz, save this as login.mjs, and run node login.mjs`,
      ...choose(nodeSnippet, 'http://127.0.0.1/callback', inTool),
    },
    {
      id: 'curl',
      title: 'curl',
      before: 'Paste it into a shell. The page you are sent to need not be there: only its address counts',
      ...choose(curlSnippet, 'http://localhost:5173/', onPage, isWeb),
    },
  ]
}
