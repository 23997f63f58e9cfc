import { appsPage as connectedAppsPage } from '../../src/pages/views/account/apps.tsx'
import { dataPage } from '../../src/pages/views/account/data.tsx'
import { profilePage } from '../../src/pages/views/account/profile.tsx'
import { securityPage } from '../../src/pages/views/account/security.tsx'
import { appPage } from '../../src/pages/views/developers/app.tsx'
import { appsPage } from '../../src/pages/views/developers/apps.tsx'
import { type ComparedEvent, comparePage } from '../../src/pages/views/developers/compare.tsx'
import { deleteAppPage } from '../../src/pages/views/developers/delete-app.tsx'
import { factsBy } from '../../src/pages/views/developers/fact-fields.tsx'
import { flowLogPage } from '../../src/pages/views/developers/flow-log.tsx'
import { quickstartPage } from '../../src/pages/views/developers/quickstart.tsx'
import { redirectSetsBy } from '../../src/pages/views/developers/redirect-sets.tsx'
import { tokensPage } from '../../src/pages/views/developers/tokens.tsx'
import { usagePage } from '../../src/pages/views/developers/usage.tsx'
import { page } from './pages.ts'

/**
 * Every page of the portal and the account with one text in each of its places.
 * @param name what apps are called, and what is said of their requests
 */
export function everyMemberPage(text: string, name: string = text): Record<string, string> {
  const app = { apiKey: text, name, logo: text }
  const sets = { development: [text], production: [text] }
  const facts = factsBy(() => text)
  const values = { name: text, description: text, facts, redirectUris: redirectSetsBy(() => text) }
  const uris = [
    { set: 'development', uri: text, words: text, instead: [text] },
    { set: 'production', uri: `${text}2`, words: text, instead: [] },
    { set: 'production', uri: `${text}3`, words: text, instead: [] },
  ] as const
  const mistakes = { name: text, description: text, logo: text, facts, redirectUris: undefined, uris }
  const shared = { page, done: text, csrf: text }
  const bars = [{ label: text, value: 2 }]
  const chart = { title: text, summary: text, columns: [text, text], rows: [[text, 2]], bars } as const
  return {
    developers: appsPage({
      ...shared,
      apps: [app],
      values,
      mistakes,
      twin: app,
      unconfirmed: { status: 'lost', isInTheWay: true },
    }),
    app: appPage({
      ...{ ...shared, app, values, was: values, mistakes },
      ...{
        keptLogo: text,
        removesLogo: true,
        isSuspended: true,
        history: { entries: [entryOf(text, name)], now: 0 },
      },
    }),
    tokens: tokensPage({
      ...shared,
      tokens: [{ id: text, name: text, createdAt: 0, expiresAt: 1, usedAt: 2 }],
      form: {
        ...{ name: text, days: 7, nonce: text, mistakes: { name: text, days: text } },
        made: { name: text, text, expiresAt: 1 },
      },
      lives: [7],
      now: 3,
    }),
    deleteApp: deleteAppPage({ page, app, csrf: text }),
    quickstart: quickstartPage({
      ...{ ...shared, app, sets, steps: [{ name: 'authorize', doneAt: text }] },
      snippets: [
        { id: 'web', title: text, before: text, text, redirectUri: text, isRegistered: false },
        { id: 'node', title: text, before: text, text, redirectUri: text, isRegistered: true },
      ],
    }),
    log: flowLogPage({
      words: text,
      causes: [{ code: text, reason: text, count: 2, next: text }],
      ...{ page, app, outcome: null, isNewest: true, older: 1 },
      events: [
        {
          ...{ id: 1, iso: text, at: text, step: 'authorize', outcome: 'refused' },
          ...{ code: text, reason: name, requestId: text },
        },
      ],
    }),
    compare: comparePage({
      ...{ page, app, one: eventOf(text, name, 1), other: eventOf(text, name, 2) },
      others: [eventOf(text, name, 2)],
    }),
    usage: usagePage({
      ...{ page, app, period: text, periods: [{ name: text, words: text }], callsOfMonth: 1 },
      limits: { perSecond: 1, burst: 1, perMonth: 1 },
      charts: [
        { ...chart, name: 'time', layout: 'time' },
        { ...chart, name: 'list', layout: 'list' },
      ],
    }),
    profile: profilePage({
      ...{ ...shared, handle: text, isVerified: true, emailStatus: 'lost', picture: text, banner: text },
      values: {
        ...{ name: text, bio: text, location: text, website: text },
        ...{ keptPicture: text, keptBanner: text, removesPicture: true, removesBanner: true },
      },
      mistakes: {
        name: text,
        bio: text,
        location: text,
        website: text,
        profile_picture: text,
        cover_photo: text,
      },
    }),
    security: securityPage({
      ...{ ...shared, handle: text, now: 0, isProven: true, chosen: { endApps: true, endPasskeys: true } },
      mistakes: { password: text, new_password: text, passkey_password: text },
      passkeys: [{ id: text, device: text, createdAt: 0, usedAt: null }],
      activity: [entryOf(text, name)],
      email: {
        ...{ current: text, emailStatus: 'unconfirmed', pending: text, typed: text },
        mistakes: { new_email: text, email_password: text, confirm_email: text },
      },
      sessions: [true, false].map((isThis) => ({
        ...{ id: text, device: text, network: text, createdAt: 0, usedAt: 0, isThis },
      })),
    }),
    connectedApps: connectedAppsPage({
      ...{ ...shared, now: 0 },
      apps: [null, text].map((apiKey) => ({
        ...{ apiKey, name, logo: text, redirectUri: text, redirectHost: text, scope: 'write', links: [] },
        ...{ createdAt: 0, usedAt: 0, trackCount: 1, savedCount: 1 },
      })),
    }),
    data: dataPage({
      ...{ page, csrf: text, handle: text, typed: text, trackCount: 1, appCount: 1, hasPasskeys: true },
      mistakes: { archive: text, handle: text, password: text },
      ...{ done: text, download: null, lastImport: { state: 'done', words: text, done: 1, total: 1 } },
    }),
  }
}

const eventOf = (text: string, name: string, id: number): ComparedEvent => ({
  ...{ id, iso: text, at: text, code: text, reason: name, requestId: text },
  step: 'authorize',
  outcome: 'refused',
  sent: { route: text, parameters: { [text]: text } },
})

const entryOf = (text: string, appName: string) => ({
  ...{ id: 1, what: text, appName, detail: text, network: text, isByOperator: true, count: 2, at: 0 },
})
