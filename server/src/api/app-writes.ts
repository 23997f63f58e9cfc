import { Type } from 'typebox'
import { longestFact } from '../apps/app-facts.ts'
import { changeApp, registerApp } from '../apps/register.ts'
import { type AppFault, type FactsForm, maximumDescription, maximumRedirectUris } from '../apps/rules.ts'
import { FieldError, refused } from '../errors/api.ts'
import type { App } from '../store/contract/store.ts'
import { AppSchema, appJson } from './app.ts'
import { checkEmail } from './confirmed-email.ts'
import { lines, optional } from './fields.ts'
import { type Resource, resource, value } from './resource.ts'

const name = Type.String({
  description: '1 to 64 printable characters, unlike the name of any other app',
})
const redirectUris = Type.Array(Type.String(), {
  description: `a list of up to ${maximumRedirectUris} redirect URIs`,
})
const binds = Type.Optional(
  Type.Boolean({ description: 'whether its tokens are good with proofs of a key alone (RFC 9449)' }),
)
const fact = (what: string) =>
  optional(Type.String({ description: `${what} of up to ${longestFact} characters` }))
const rest = {
  description: optional(lines(maximumDescription)),
  client_uri: fact('the https address of its website,'),
  tos_uri: fact('the https address of its terms,'),
  policy_uri: fact('the https address of its privacy policy,'),
  contact: fact('an email or https address'),
}

/** Registering, changing and deleting apps of one's own, by the rules of the portal: what an app's token never reaches. */
export const appWrites: readonly Resource[] = [
  resource({
    method: 'POST',
    path: '/v1/developer-apps',
    name: 'createDeveloperApp',
    group: 'Apps',
    summary: 'Registers an app: its API key works at once',
    access: 'management',
    body: { name, redirect_uris: Type.Optional(redirectUris), ...rest },
    answer: Type.Object({ api_key: Type.String(), data: AppSchema }),
    async respond({ caller, body }, deps) {
      const { name, description = null, redirect_uris: redirectUris = [] } = body
      const facts = factsOf(body)
      checkEmail(caller.user, deps)
      const ownerId = caller.user.id
      const registration = await registerApp({ name, description, redirectUris, facts, ownerId }, deps)
      if ('faults' in registration) throw fieldError(registration.faults, redirectUris)
      return value({ api_key: registration.app.apiKey, data: appJson(registration.app, deps.issuer) })
    },
  }),
  resource({
    method: 'PUT',
    path: '/v1/developer-apps/{api_key}',
    name: 'updateDeveloperApp',
    group: 'Apps',
    summary: 'Changes an app of one’s own; what is left out stays as it is',
    access: 'management',
    body: {
      name: Type.Optional(name),
      redirect_uris: Type.Optional(redirectUris),
      dpop_bound_access_tokens: binds,
      ...rest,
    },
    answer: Type.Object({ data: AppSchema }),
    async respond({ caller, path, body }, deps) {
      const { name, description, redirect_uris: add, dpop_bound_access_tokens: bindsTokens } = body
      const faults = await changeApp(
        { apiKey: path.api_key, ownerId: caller.user.id },
        {
          name,
          description,
          bindsTokens,
          facts: factsOf(body),
          redirectUris: add && { add, remove: 'others' },
        },
        deps,
      )
      if (faults === 'unknown') throw refused.noSuch('app')
      if (faults.length > 0) throw fieldError(faults, add ?? [])
      return value({ data: appJson(there(await deps.store.findApp(path.api_key)), deps.issuer) })
    },
  }),
  resource({
    method: 'DELETE',
    path: '/v1/developer-apps/{api_key}',
    name: 'deleteDeveloperApp',
    group: 'Apps',
    summary: 'Deletes an app of one’s own: its tokens stop working at once, what it uploaded stays',
    access: 'management',
    answer: Type.Object({ success: Type.Literal(true) }),
    async respond({ caller, path }, { store, clock }) {
      if (!(await store.deleteAppOf(caller.user.id, path.api_key, clock()))) throw refused.noSuch('app')
      return value({ success: true })
    },
  }),
]

interface FactsBody {
  readonly client_uri?: string | null
  readonly tos_uri?: string | null
  readonly policy_uri?: string | null
  readonly contact?: string | null
}

const factsOf = (body: FactsBody): FactsForm => ({
  clientUri: body.client_uri,
  tosUri: body.tos_uri,
  policyUri: body.policy_uri,
  contact: body.contact,
})

function there(app: App | undefined): App {
  if (app === undefined) throw refused.noSuch('app')
  return app
}

const names = {
  name: 'name',
  description: 'description',
  logo: 'image_url',
  redirectUris: 'redirect_uris',
  clientUri: 'client_uri',
  tosUri: 'tos_uri',
  policyUri: 'policy_uri',
  contact: 'contact',
} as const

/** The faults by their fields. A redirect URI is named by its place: what was sent may not stand in an error (RFC 6749 §5.2). */
function fieldError(faults: readonly AppFault[], uris: readonly string[]): FieldError {
  return new FieldError(
    faults.map(({ field, words, uri, instead = [] }) => {
      const place = uri === undefined ? '' : `[${uris.indexOf(uri)}] `
      const isNews = instead.some((form) => !words.includes(form))
      const offer = isNews ? ` Register ${instead.join(' and ')} instead.` : ''
      const message = `${uri === undefined ? '' : names[field]}${place}${words}${offer}`
      return { field: names[field], message: message.replace(/["\\]|[^\x20-\x7e]/gu, encodeURIComponent) }
    }),
  )
}
