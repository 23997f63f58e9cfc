import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { command, installation, type Served, served, temporaryFolder } from '@stagedoor/testkit/command'
import { fileServer } from '@stagedoor/testkit/server'
import { soakOf } from '@stagedoor/testkit/soak'
import {
  type Answer,
  App,
  expectOAuthError,
  type Login,
  type Pair,
  pairOf,
} from '@stagedoor/testkit/wire-app'
import { type Browser, signedIn } from '@stagedoor/testkit/wire-browser'
import { expect, test } from 'vitest'
import { lifetimes } from '../../src/limits.ts'
import { expectSound } from '../store/files.ts'
import { raw } from './socket.ts'

// Begun first and looked at last: they take fifteen seconds, which the other tests fill.
const quiet = await fileServer()
const { host } = new URL(quiet.url)
const slow = [
  ['whose headers never end', `GET /v1/me HTTP/1.1\r\nHost: ${host}\r\n`],
  ['whose body never comes', `POST /v1/oauth/token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 100\r\n\r\n`],
].map(([what = '', bytes = '']) => ({ what, cutOff: cutOff(bytes) }))

async function cutOff(bytes: string) {
  const from = performance.now()
  const answer = await raw(quiet.url, bytes)
  return { answer, after: performance.now() - from }
}

const redirectUri = 'https://app.example/cb'
const people = ['ada', 'ben', 'cleo'].map((handle) => ({ handle, password: `pass-phrase of ${handle}` }))

const soak = soakOf('test/wire/kill', 3)
const graceMs = 60_000

/** A pair, and when the request was sent and answered that gave it and used the one before. */
interface Turn {
  readonly pair: Pair
  readonly asked: number
  readonly answered: number
}

/** Somebody who logs in and refreshes without pause, and remembers every answer. */
class Worker {
  /** The turns of each login, in the order they were answered. */
  logins: Turn[][] = []
  /** The pairs of logins whose revocation was answered. */
  revoked: Pair[] = []
  /** What was asked and not answered. */
  exchange: (Login & { readonly allowed: number }) | null = null
  refresh: string | null = null
  readonly app: App
  readonly browser: Browser

  constructor(app: App, browser: Browser) {
    this.app = app
    this.browser = browser
  }

  /** Works until the server is gone; anything else that goes wrong is thrown. */
  async work(): Promise<void> {
    this.logins = []
    this.revoked = []
    try {
      for (;;) await this.logIn()
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }

  /** What it was told, and what it was not. */
  facts(): unknown {
    const ago = (at: number) => Date.now() - at
    return {
      logins: this.logins.map((turns) => turns.map(({ answered }) => `${ago(answered)} ms ago`)),
      revoked: this.revoked.length,
      unanswered: this.exchange ? 'exchange' : this.refresh ? 'refresh' : null,
    }
  }

  private async logIn(): Promise<void> {
    const allowed = Date.now()
    this.exchange = { ...(await this.app.logIn(this.browser)), allowed }
    const turns = [await turn(() => this.app.exchange(this.exchange ?? expect.unreachable()))]
    this.exchange = null
    this.logins.push(turns)
    for (let time = 0; time < 3; time += 1) {
      const refresh = turns.at(-1)?.pair.refresh ?? ''
      this.refresh = refresh
      turns.push(await turn(() => this.app.refresh(refresh)))
      this.refresh = null
    }
    if (this.logins.length % 2 === 0) await this.revoke(turns)
  }

  /** Ends the latest login. Until that is answered, it may live or be dead. */
  private async revoke(turns: readonly Turn[]): Promise<void> {
    this.logins.pop()
    expect((await this.app.revoke(turns.at(-1)?.pair.refresh ?? '')).status).toBe(200)
    this.revoked.push(...turns.map(({ pair }) => pair))
  }

  /** Whether all it was told is true of the server as it runs now, and what it was not told can be asked again. */
  async check(): Promise<void> {
    for (const { pair } of this.logins.flat()) expect(await this.app.me(pair.access)).toBe(200)
    // The latest login that ended: who asks with many tokens that are over is told to wait.
    for (const { access } of this.revoked.slice(-4)) expect(await this.app.me(access)).toBe(401)
    const [latest = [], ...earlier] = this.logins.toReversed()
    for (const turns of earlier.slice(0, 3)) await this.checkSuccessor(turns)
    if (this.refresh === null) await this.checkSuccessor(latest)
    else expect(await this.app.me(pairOf(await this.app.refresh(this.refresh)).access)).toBe(200)
    if (this.exchange !== null) await this.checkExchange(this.exchange)
    this.exchange = null
    this.refresh = null
  }

  /** A code of which no answer came is good, or was used; or it is over, where all took longer than a code lives. */
  private async checkExchange(login: Login & { readonly allowed: number }): Promise<void> {
    const answer = await this.app.exchange(login)
    const isOver = Date.now() - login.allowed >= lifetimes.code
    if (answer.status === 200) expect(await this.app.me(pairOf(answer).access)).toBe(200)
    else expectOAuthError(answer, 400, 'invalid_grant', isOver ? /reuse|expired/ : /reuse/)
  }

  /**
   * A used token is answered as it was answered then, and the pair it was answered with goes on. Beyond the grace, which
   * a slow machine may reach, it ends the login: the pair has been seen.
   */
  private async checkSuccessor(turns: readonly Turn[]): Promise<void> {
    const [last, spent] = turns.toReversed()
    if (last === undefined) return
    if (spent !== undefined) {
      const isLate = Date.now() - last.answered >= graceMs
      const answer = await this.app.refresh(spent.pair.refresh)
      const isInTime = Date.now() - last.asked < graceMs
      if (isLate || (!isInTime && answer.status !== 200)) {
        expectOAuthError(answer, 400, 'invalid_grant', /reuse/)
        expect(await this.app.me(last.pair.access)).toBe(401)
        return
      }
      expect(pairOf(answer)).toEqual(last.pair)
    }
    expect((await this.app.refresh(last.pair.refresh)).status).toBe(200)
  }
}

async function turn(ask: () => Promise<Answer>): Promise<Turn> {
  const asked = Date.now()
  const pair = pairOf(await ask())
  return { pair, asked, answered: Date.now() }
}

/** An installation with accounts and an app, made on the command line. */
async function founded() {
  const folder = temporaryFolder()
  const settings = {
    ...(await installation(folder)),
    REFRESH_GRACE_SECONDS: String(graceMs / 1000),
    API_PLAN: 'unlimited',
  }
  for (const { handle, password } of people) {
    const who = ['--handle', handle, '--name', handle, '--email', `${handle}@example.com`]
    const made = await command(['user', 'create', ...who, '--password-stdin'], { settings, input: password })
    expect(made).toMatchObject({ code: 0, err: '' })
  }
  const app = ['app', 'create', '--name', 'Under load', '--redirect-uri', redirectUri, '--json']
  const { apiKey } = JSON.parse((await command(app, { settings })).out)
  return {
    settings,
    app: new App(settings.PUBLIC_URL, { apiKey }, redirectUri),
    file: join(folder, 'stagedoor.db'),
  }
}

async function workersOf(app: App): Promise<Worker[]> {
  const browsers = await Promise.all([...people, ...people].map((person) => signedIn(app.issuer, person)))
  for (const browser of browsers) await app.logIn(browser)
  return browsers.map((browser) => new Worker(app, browser))
}

/** Lets the workers work, ends the server in the middle of it, and answers how it ended. */
async function endedUnderLoad(server: Served, workers: readonly Worker[], signal: NodeJS.Signals) {
  let isOver = false
  const work = Promise.all(workers.map((worker) => worker.work())).finally(() => {
    isOver = true
  })
  const enough = 20 + Math.floor(soak.random() * 100)
  const answered = () => workers.flatMap(({ logins, revoked }) => [...logins.flat(), ...revoked]).length
  const ending = (async () => {
    // Not in every turn of the event loop: the server needs the processor.
    while (answered() < enough && !isOver) await new Promise((resolve) => setTimeout(resolve, 2))
    return server.end(signal)
  })()
  const [end] = await Promise.all([ending, work])
  return end
}

function expectNoCodeWithoutTokens(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true })
  const torn = database.prepare(
    'SELECT 1 FROM codes LEFT JOIN families ON code_digest = digest WHERE (used_at IS NULL) <> (id IS NULL)',
  )
  expect(torn.all()).toEqual([])
  database.close()
}

test(`a server killed ${soak.kills} times at any moment has lost nothing that it answered, and SIGTERM and SIGINT let it end well (F-4, F-6)`, {
  timeout: 120_000 + soak.kills * 30_000,
}, async () => {
  const { settings, app, file } = await founded()
  let server = await served(['serve'], settings)
  const workers = await workersOf(app)
  const facts = () => workers.map((worker) => worker.facts())
  let told = 0
  const goOn = async () => {
    told += workers.flatMap(({ logins, revoked }) => [...logins.flat(), ...revoked]).length
    server = await served(['serve'], settings)
    await Promise.all(workers.map((worker) => worker.check()))
  }
  for (let kill = 0; kill < soak.kills; kill += 1)
    await soak.kill(kill, facts, async () => {
      expect(await endedUnderLoad(server, workers, 'SIGKILL')).toEqual([null, 'SIGKILL'])
      expectNoCodeWithoutTokens(file)
      await goOn()
    })
  soak.tell({ answers: told })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    expect(await endedUnderLoad(server, workers, signal)).toEqual([0, null])
    expectSound(file)
    await goOn()
  }
  expect(await server.end('SIGTERM')).toEqual([0, null])
})

test.each(slow)('a request $what is cut off after 15 seconds (TK-10)', async ({ cutOff }) => {
  const { answer, after } = await cutOff
  expect(answer).toMatch(/^HTTP\/1\.1 408 .*"error":"invalid_request"/s)
  expect(after).toBeLessThan(20_000)
})
