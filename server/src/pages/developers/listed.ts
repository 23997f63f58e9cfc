import type { App } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'
import { pictureOf } from '../render.ts'
import type { ListedApp } from '../views/developers/apps.tsx'

/** An app as the views show it to its owner. */
export const listed = ({ apiKey, name, logo }: App, deps: PageDeps): ListedApp => ({
  apiKey,
  name,
  logo: pictureOf(logo, deps),
  hasWebhooks: deps.webhooks !== null,
})
