import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  ApiError,
  ConfigurationError,
  LoginError,
  NetworkError,
  OAuthError,
  SessionError,
  UploadError,
} from '../src/browser.ts'
import { type ErrorKind, catalogue as early } from '../src/errors/catalogue.ts'
import { type ErrorCode, isErrorCode, learn } from '../src/errors/errors.ts'
import { lateCatalogue } from '../src/errors/late-catalogue.ts'
import { commandLineCodes } from './error-codes/command-line.ts'
import { configuration } from './error-codes/configuration.ts'
import { login } from './error-codes/login.ts'
import { phoneCodes } from './error-codes/phone.ts'
import type { Scenario } from './error-codes/scenario.ts'
import { session } from './error-codes/session.ts'
import { uploads } from './error-codes/uploads.ts'

const catalogue = { ...early, ...lateCatalogue }
learn(lateCatalogue)

/** Every code, by what makes it happen: a code without a row does not compile. */
const scenarios: Readonly<Record<ErrorCode, Scenario>> = {
  ...configuration,
  ...commandLineCodes,
  ...login,
  ...phoneCodes,
  ...session,
  ...uploads,
}

const classes: Readonly<Record<ErrorKind, new (code: ErrorCode) => Error>> = {
  Configuration: ConfigurationError,
  Login: LoginError,
  OAuth: OAuthError,
  Session: SessionError,
  Network: NetworkError,
  Api: ApiError,
  Upload: UploadError,
}

const root = new URL('../../', import.meta.url)

test.each(Object.keys(catalogue).filter(isErrorCode))(
  '%s happens, is in the reference, and its hint helps',
  async (code) => {
    const { error, obey } = await scenarios[code]()
    const [kind, hint, outcome] = catalogue[code]
    expect(error).toMatchObject({ code, hint, name: `${kind}Error` })
    expect(error).toBeInstanceOf(classes[kind])
    expect(error.retryable).toBe(outcome === 'retryable')
    expect(error.cancelled).toBe(outcome === 'cancelled')

    expect(error.docsUrl).toMatch(new RegExp(`^https?://[^/]+/docs/errors#${code}$`))
    expect(readFileSync(new URL('docs/errors.md', root), 'utf8').split('\n')).toContain(`### ${code}`)

    await obey()
  },
)
