import type { Reply } from '../../http/message.ts'
import { webhookFault } from '../../outgoing/webhooks/address.ts'
import type { Webhooks } from '../../outgoing/webhooks/start.ts'
import type { App } from '../../store/contract/store.ts'
import type { PageDeps } from '../page-deps.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberForm, memberPage } from '../session/member.ts'
import { reauthenticate } from '../session/reauthenticate.ts'
import { showOnce, takeShownOnce } from '../session/shown-once.ts'
import { type WebhookForm, webhooksPage } from '../views/developers/webhooks.tsx'
import { done, whatWasDone } from './done.ts'
import { listed } from './listed.ts'
import { ownApp } from './own-app.ts'
import { utcOf } from './utc.ts'

export interface WebhookPageDeps extends PageDeps {
  readonly webhooks: Webhooks
}

const shownDeliveries = 20
const nothing: WebhookForm = {
  typed: null,
  mistake: null,
  secret: null,
  logoutUri: null,
  logoutMistake: null,
}

/** `GET /developers/{api_key}/webhooks`: where an app is told what becomes of its people, and what it was told. */
const showWebhooks = memberPage<WebhookPageDeps>(async (from, request, deps) => {
  const app = await ownApp(from, request, deps)
  const { shown, member } = takeShownOnce(path(app), from, request, deps)
  return webhooks(200, member, app, { ...nothing, secret: shown }, whatWasDone(request), deps)
})

/** `POST /developers/{api_key}/webhooks`: sets the address; the first time, or with `nonce`, with a secret that the page it leads to shows, this once. */
const saveWebhook = memberForm<WebhookPageDeps>(async (member, form, request, deps) => {
  const app = await ownApp(member, request, deps)
  const url = (form.get('url') ?? '').trim()
  const fault = webhookFault(url)
  if (fault !== undefined)
    return webhooks(
      422,
      member,
      app,
      { ...nothing, typed: url, mistake: `The address ${fault}.` },
      null,
      deps,
    )
  const asked = await reauthenticate(member, form, request, deps)
  if (asked !== undefined) return asked
  const nonce = form.get('nonce')
  const ownerId = member.session.user.id
  if (nonce === undefined) {
    await deps.store.moveWebhook(app.apiKey, ownerId, url)
    return done(path(app), 'saved')
  }
  const secret = deps.webhooks.secretOf(`${app.apiKey} ${nonce}`)
  const webhook = { url, sealedSecret: deps.webhooks.sealSecret(secret) }
  await deps.store.setWebhook(app.apiKey, ownerId, webhook, deps.clock())
  return showOnce(path(app), { secret, about: '' }, member, deps)
})

/** `POST /developers/{api_key}/webhooks/logout`: sets where the app is told that a session has ended; empty for nowhere. */
const saveLogoutUri = memberForm<WebhookPageDeps>(async (member, form, request, deps) => {
  const app = await ownApp(member, request, deps)
  const uri = (form.get('logout_uri') ?? '').trim()
  const fault = uri === '' ? undefined : webhookFault(uri)
  if (fault !== undefined)
    return webhooks(
      422,
      member,
      app,
      { ...nothing, logoutUri: uri, logoutMistake: `The address ${fault}.` },
      null,
      deps,
    )
  const asked = await reauthenticate(member, form, request, deps)
  if (asked !== undefined) return asked
  await deps.store.setLogoutUri(app.apiKey, member.session.user.id, uri === '' ? null : uri)
  return done(path(app), 'saved')
})

/** `POST /developers/{api_key}/webhooks/remove`: tells the app nothing any more; removing what is gone is no mistake. */
const removeWebhook = memberForm<WebhookPageDeps>(async (member, _form, request, deps) => {
  const app = await ownApp(member, request, deps)
  await deps.store.deleteWebhook(app.apiKey, member.session.user.id)
  return done(path(app), 'removed')
})

/** `POST /developers/{api_key}/webhooks/test`: sends a message that says nothing. */
const testWebhook = memberForm<WebhookPageDeps>(async (member, _form, request, deps) => {
  const app = await ownApp(member, request, deps)
  await deps.store.queueTest(app.apiKey, member.session.user.id, deps.clock())
  return done(path(app), 'queued')
})

/** `POST /developers/{api_key}/webhooks/replay`: sends a message again; what is under way is left alone. */
const replayWebhook = memberForm<WebhookPageDeps>(async (member, form, request, deps) => {
  const app = await ownApp(member, request, deps)
  const id = Number(form.get('delivery'))
  if (Number.isSafeInteger(id))
    await deps.store.replayDelivery(app.apiKey, member.session.user.id, id, deps.clock())
  return done(path(app), 'queued')
})

const root = '/developers/:api_key/webhooks'

/** The page of an app's webhook and its forms. */
export const webhookPages = [
  ['GET', root, showWebhooks],
  ['POST', root, saveWebhook],
  ['POST', `${root}/logout`, saveLogoutUri],
  ['POST', `${root}/remove`, removeWebhook],
  ['POST', `${root}/test`, testWebhook],
  ['POST', `${root}/replay`, replayWebhook],
] as const

const path = ({ apiKey }: App): string => `/developers/${apiKey}/webhooks`

async function webhooks(
  status: number,
  { csrf, cookies }: Member,
  app: App,
  form: WebhookForm,
  done: string | null,
  deps: WebhookPageDeps,
): Promise<Reply> {
  const webhook = await deps.store.findWebhook(app.apiKey)
  const deliveries = await deps.store.listDeliveries(app.apiKey, shownDeliveries)
  const page = webhooksPage({
    page: pageOf(deps),
    app: listed(app, deps),
    url: webhook?.url ?? null,
    logoutUri: deps.openid === null ? null : ((await deps.store.findLogoutUri(app.apiKey)) ?? ''),
    form,
    deliveries: deliveries.map(({ createdAt, ...delivery }) => ({
      ...delivery,
      at: utcOf(createdAt),
      iso: new Date(createdAt).toISOString(),
    })),
    nonce: Buffer.from(deps.random(32)).toString('base64url'),
    done,
    csrf,
  })
  return renderMember(status, page, cookies)
}
