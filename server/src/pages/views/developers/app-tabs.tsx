import type { ListedApp } from './apps.tsx'

const tabs = [
  { path: '', text: 'Overview' },
  { path: '/quickstart', text: 'Quickstart' },
  { path: '/test-login', text: 'Test login' },
  { path: '/log', text: 'Log' },
  { path: '/usage', text: 'Usage' },
  { path: '/webhooks', text: 'Webhooks' },
] as const

/** One of the pages of an app. */
export type AppTab = (typeof tabs)[number]['text']

/** The way between the pages of one app. */
export function AppTabs({ app, current }: { app: ListedApp; current: AppTab }) {
  const { apiKey, hasWebhooks = true } = app
  const shown = tabs.filter(({ text }) => hasWebhooks || text !== 'Webhooks')
  return (
    <nav class="tabs" aria-label="This app">
      {shown.map(({ path, text }) => (
        <a
          key={text}
          href={`/developers/${apiKey}${path}`}
          aria-current={text === current ? 'page' : undefined}
        >
          {text}
        </a>
      ))}
    </nav>
  )
}
