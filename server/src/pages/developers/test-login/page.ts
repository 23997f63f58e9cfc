import { seeOther } from '../../../http/message.ts'
import { parseScope } from '../../../oauth/scope.ts'
import type { PageDeps } from '../../page-deps.ts'
import { pageOf, renderMember } from '../../render.ts'
import { memberForm, memberPage } from '../../session/member.ts'
import { testLoginPage } from '../../views/developers/test-login.tsx'
import { listed } from '../listed.ts'
import { ownApp } from '../own-app.ts'
import { authorizationOf, authorizationUrl, beginTest, requestOf } from './test.ts'

/** `GET /developers/{api_key}/test-login`: offers to try the login of an app, and shows what the app itself would send. */
export const showTestLogin = memberPage<PageDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const page = testLoginPage({
    page: pageOf(deps),
    app: listed(app, deps),
    redirects: app.redirectUris.map((uri) => ({
      uri,
      url: authorizationUrl(
        requestOf({
          api_key: app.apiKey,
          redirect_uri: uri,
          scope: 'read',
          state: 'YOUR_STATE',
          code_challenge: 'YOUR_CHALLENGE',
        }),
        deps.issuer,
      ),
    })),
    csrf: member.csrf,
  })
  return renderMember(200, page, member.cookies)
})

/** `POST /developers/{api_key}/test-login`: begins a test, as an app would: by sending the browser to log in. */
export const startTestLogin = memberForm<PageDeps>(async (member, form, request, deps) => {
  const { apiKey } = await ownApp(member, request, deps)
  const test = beginTest(apiKey, parseScope(form.get('scope')) ?? 'read', member, deps)
  return seeOther(authorizationUrl(authorizationOf(test, deps.issuer), deps.issuer))
})
