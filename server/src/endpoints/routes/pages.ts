import { resources } from '../../api/resources.ts'
import type { Edge } from '../../http/edge.ts'
import { unvarying } from '../../http/unvarying.ts'
import { accountPages } from '../../pages/account/routes.ts'
import { leadToApps } from '../../pages/developers/apps.ts'
import { developerPages } from '../../pages/developers/routes.ts'
import { finishTestLogin } from '../../pages/developers/test-login/callback.ts'
import { webhookPages } from '../../pages/developers/webhooks.ts'
import { qrCode } from '../../pages/device/qr-code.ts'
import { devicePages } from '../../pages/device/routes.ts'
import { apiDocs } from '../../pages/docs/api-docs.ts'
import { docPages } from '../../pages/docs/doc-page.ts'
import { errorDocs } from '../../pages/docs/error-docs.ts'
import { errorWords } from '../../pages/docs/error-words.ts'
import { apiMarkdown, errorsMarkdown, llmsText } from '../../pages/docs/markdown.ts'
import { sdkDocs } from '../../pages/docs/sdk-docs.ts'
import { sdkErrorWords } from '../../pages/docs/sdk-error-words.ts'
import { keysOfReader, searchDocs, searchIndexFile } from '../../pages/docs/search-page.ts'
import { emulatorPagesOf } from '../../pages/emulator/routes.ts'
import { home, leadToPassword } from '../../pages/home.ts'
import { authorizeByForm, authorizePage } from '../../pages/login/authorize.ts'
import { askForConsent, cancelRequest, giveConsent } from '../../pages/login/consent.ts'
import { confirmLogout, logOut, logOutByForm } from '../../pages/login/logout.ts'
import { askForPasskey, signInWithPasskey } from '../../pages/login/passkey-sign-in.ts'
import { askToSignIn, signIn, signInAsSample } from '../../pages/login/sign-in.ts'
import { askToSignOut, showSignedOut, signOut } from '../../pages/login/sign-out.ts'
import { askToSignUp, openAccount } from '../../pages/login/sign-up.ts'
import { askForReset, sendResetLink, showResetSent } from '../../pages/recovery/ask.ts'
import { askForNewPassword, setNewPassword } from '../../pages/recovery/choose.ts'
import { askToConfirmEmail, confirmEmail, showEmailConfirmed } from '../../pages/recovery/confirm-email.ts'
import { askForProof } from '../../pages/session/reauthenticate.ts'
import { serveAttachment } from '../../uploads/content/serve.ts'
import { inLogin } from '../../usage/in-login.ts'
import { ownCalls } from '../in-process.ts'
import { actingRoutes, type Unpaced } from './acting.ts'
import { type Deps, resourceDepsOf } from './deps.ts'

/** The pages of people and developers, and the documentation. */
export function pageRoutes(deps: Deps, edge: Edge): readonly Unpaced[] {
  const { people, apps } = actingRoutes(deps)
  const callEndpoint = ownCalls(
    resourceDepsOf(deps, (request, cid, filename) => serveAttachment(request, cid, filename, deps)),
    edge,
  )
  const docPage = docPages(deps)
  return [
    people('GET', '/v1/oauth/authorize', inLogin('authorize', authorizePage)),
    people('POST', '/v1/oauth/authorize', authorizeByForm),
    people('GET', '/sign-in', askToSignIn),
    people('POST', '/sign-in', inLogin('consent', signIn)),
    people('POST', '/sign-in/passkey', inLogin('consent', signInWithPasskey)),
    people('POST', '/sign-in/passkey/options', askForPasskey),
    people('GET', '/reset-password', askForReset),
    people('POST', '/reset-password', sendResetLink),
    people('GET', '/reset-password/sent', showResetSent),
    people('GET', '/reset-password/new', askForNewPassword),
    people('POST', '/reset-password/new', inLogin('consent', setNewPassword)),
    people('GET', '/sign-up', askToSignUp),
    people('POST', '/sign-up', inLogin('consent', openAccount)),
    people('GET', '/consent', inLogin('consent', askForConsent)),
    people('POST', '/consent', inLogin('consent', giveConsent)),
    people('POST', '/cancel', inLogin('consent', cancelRequest)),
    people('GET', '/sign-out', askToSignOut),
    people('POST', '/sign-out', signOut),
    people('GET', '/signed-out', showSignedOut),
    ...developerPages.map(([method, path, answer, isStreamed]) => people(method, path, answer, isStreamed)),
    ...webhookRoutes(),
    people('GET', '/developers/:api_key/test-login/callback', (request, deps) =>
      finishTestLogin(request, { ...deps, callEndpoint }),
    ),
    people('POST', '/reauthenticate/options', askForProof),
    people('GET', '/plans', leadToApps),
    people('GET', '/settings/developer-apps', leadToApps),
    ...accountPages.map(([method, path, answer, isStreamed]) => people(method, path, answer, isStreamed)),
    people('GET', '/confirm-email', askToConfirmEmail),
    people('POST', '/confirm-email', confirmEmail),
    people('GET', '/confirm-email/done', showEmailConfirmed),
    people('GET', '/', home),
    people('GET', '/.well-known/change-password', leadToPassword),
    people('GET', '/docs', docPage),
    people('GET', '/docs/*', docPage),
    people('GET', '/docs/search', searchDocs(deps)),
    people(
      'GET',
      '/docs/search.json',
      unvarying(() => searchIndexFile(deps)),
    ),
    people('GET', '/docs/keys.json', keysOfReader),
    people(
      'GET',
      '/docs/errors',
      unvarying(() => errorDocs(deps)),
    ),
    people(
      'GET',
      '/sdk',
      unvarying(() => sdkDocs(deps)),
    ),
    people(
      'GET',
      '/docs/api',
      unvarying(() => apiDocs(resources, deps)),
    ),
    ...(deps.developmentApp === null
      ? []
      : [people('POST', '/dev/sign-in', inLogin('consent', signInAsSample))]),
    ...emulatorPagesOf(deps).map(([method, path, answer]) => people(method, path, answer)),
    ...logoutRoutes(deps.openid),
    ...(deps.takesDevices
      ? [
          ...devicePages.map(([method, path, answer]) => people(method, path, answer)),
          apps('GET', '/device/qr.svg', qrCode),
        ]
      : []),
    apps(
      'GET',
      '/llms.txt',
      unvarying(() =>
        llmsText(
          deps,
          { hasOpenId: deps.openid !== null, takesAgents: deps.takesAgents },
          deps.docs().groups,
        ),
      ),
    ),
    apps(
      'GET',
      '/docs/errors.md',
      unvarying(() => errorsMarkdown(errorWords, sdkErrorWords)),
    ),
    apps(
      'GET',
      '/docs/api.md',
      unvarying(() => apiMarkdown(resources, deps)),
    ),
  ]

  function webhookRoutes(): readonly Unpaced[] {
    const { webhooks } = deps
    if (webhooks === null) return []
    return webhookPages.map(([method, path, answer]) =>
      people(method, path, (request, deps) => answer(request, { ...deps, webhooks })),
    )
  }
  function logoutRoutes(openid: Deps['openid']): readonly Unpaced[] {
    if (openid === null) return []
    return [
      people('GET', '/v1/oauth/logout', (request, deps) => logOut(request, { ...deps, openid })),
      people('POST', '/v1/oauth/logout', logOutByForm),
      people('POST', '/logout', (request, deps) => confirmLogout(request, { ...deps, openid })),
    ]
  }
}
