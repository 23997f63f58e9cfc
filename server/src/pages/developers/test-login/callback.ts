import { interaction } from '../../../errors/interaction.ts'
import { type Params, readForm } from '../../../http/params.ts'
import { testRedirectUri } from '../../../oauth/test-login.ts'
import { pageOf, renderMember } from '../../render.ts'
import { memberPage } from '../../session/member.ts'
import { testReportPage } from '../../views/developers/test-report.tsx'
import { listed } from '../listed.ts'
import { ownApp } from '../own-app.ts'
import { type RunDeps, runTest } from './run.ts'
import { sentOf, since, type TestStep } from './steps.ts'
import { authorizationOf, resumeTest, type Test } from './test.ts'

/**
 * `GET /developers/{api_key}/test-login/callback`: where a test of an app ends. It goes on only in the browser and session
 * that began it, takes the remaining steps, and shows all of them.
 */
export const finishTestLogin = memberPage<RunDeps>(async (member, request, deps) => {
  const app = await ownApp(member, request, deps)
  const answer = readForm(request.query)
  const test = resumeTest(app.apiKey, only(answer, 'state'), member, deps)
  const [code, error] = [only(answer, 'code'), only(answer, 'error')]
  const isOne = (code === undefined) !== (error === undefined)
  if (test === undefined || only(answer, 'iss') !== deps.issuer || !isOne) throw interaction.testEnded()
  // The code is the GET's to exchange.
  if (request.method === 'HEAD') return renderMember(200, '', [])
  const page = testReportPage({
    page: pageOf(deps),
    app: listed(app, deps),
    scope: test.scope,
    steps: [
      asked(test, deps),
      answered(answer, test, deps),
      ...(code === undefined
        ? []
        : await runTest(code, test, request, { ...deps, bindsTokens: app.bindsTokens })),
    ],
  })
  return renderMember(200, page, member.cookies)
})

// What was sent twice is nobody's answer.
const only = (answer: Params, name: string): string | undefined =>
  answer.repeated.has(name) ? undefined : answer.get(name)

const asked = (test: Test, { issuer }: RunDeps): TestStep => ({
  name: 'authorize',
  line: `GET ${issuer}/v1/oauth/authorize`,
  sent: sentOf(authorizationOf(test, issuer)),
  status: null,
  answer: null,
  took: null,
  error: null,
})

function answered(answer: Params, test: Test, deps: RunDeps): TestStep {
  const names = ['code', 'error', 'error_description', 'state', 'iss']
  const code = answer.get('error')
  return {
    name: 'answer',
    line: `GET ${testRedirectUri(test.apiKey, deps.issuer)}`,
    sent: sentOf(
      Object.fromEntries(names.flatMap((name) => (answer.get(name) ? [[name, answer.get(name) ?? '']] : []))),
    ),
    status: 303,
    answer: null,
    took: since(test.startedAt, deps),
    error: code === undefined ? null : { code, words: answer.get('error_description') ?? '' },
  }
}
