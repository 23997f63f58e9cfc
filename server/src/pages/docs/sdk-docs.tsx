import type { Page } from '../views/page.ts'
import { docsLayout, type Site } from './docs-layout.tsx'

interface SdkDocs {
  readonly page: Page
  readonly site: Site
  readonly server: string
  readonly version: string
}

const importMap = (server: string) => `<script type="importmap">
  { "imports": { "@stagedoor/sdk": "${server}/sdk/browser.mjs" } }
</script>
<script type="module">
  import { sdk } from '@stagedoor/sdk'
</script>`

/** The page that says how an app takes the SDK from this server. */
export function sdkDocsPage({ page, site, server, version }: SdkDocs): string {
  const ways = [
    {
      title: 'An app in one command',
      text: `npx --yes ${server}/create.tgz my-app --template vite-react`,
      words: 'There are vanilla, vite-react, next, vue, svelte, expo and node.',
    },
    {
      title: 'With npm',
      text: `npm install ${server}/sdk.tgz`,
      words: `It is version ${version}. To stay at it, install ${server}/sdk-${version}.tgz.`,
    },
    {
      title: 'As modules, without a bundler',
      text: importMap(server),
      words: 'What a page does not use at once is loaded later, from the same place.',
    },
    {
      title: 'As one script',
      text: `<script src="${server}/sdk.min.js"></script>`,
      words: 'It makes audiusSdk(), and loads nothing more.',
    },
    {
      title: 'As a button',
      text: `<script src="${server}/button.min.js" async></script>\n<login-with-audius api-key="YOUR_API_KEY"></login-with-audius>`,
      words: 'The whole login is this element.',
    },
  ]
  return docsLayout({
    page,
    site,
    at: null,
    title: 'The SDK',
    children: (
      <>
        <article>
          <h1>The SDK</h1>
          <p>
            This server hands out the SDK that fits it. With your key filled in, it stands in the quickstart
            of <a href="/developers">your app</a>.
          </p>
          {ways.map(({ title, text, words }) => (
            <section key={title} class="difference">
              <h2>{title}</h2>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1) */}
              <pre tabIndex={0}>
                <code>{text}</code>
              </pre>
              <p>{words}</p>
            </section>
          ))}
        </article>
      </>
    ),
  })
}
