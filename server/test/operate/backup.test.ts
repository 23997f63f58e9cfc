import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { command } from '@stagedoor/testkit/command'
import { machine, newLogFile } from '@stagedoor/testkit/server'
import { expectOAuthError } from '@stagedoor/testkit/wire-app'
import { nova, signedIn } from '@stagedoor/testkit/wire-browser'
import { describe, expect, test } from 'vitest'
import { openServerStore } from '../../src/store/open.ts'
import { operated } from './operated.ts'

describe('a backup', () => {
  test('of a server at work comes back whole; what was revoked after it does not come back to life (F-20)', {
    timeout: 60_000,
  }, async () => {
    const { app, apiKey, folder, json, run, stop, again } = await operated()
    const browser = await signedIn(app.issuer, nova)
    const [kept, revoked] = [await app.pair(browser), await app.pair(browser)]
    const content = join(folder, 'content', 'bafkreitest')
    mkdirSync(content)
    writeFileSync(join(content, 'original'), 'some audio')
    const backup = join(folder, '..', 'backup')
    expect(await json('backup', backup)).toMatchObject({ folder: backup, files: 2 })
    expect((await app.revoke(revoked.refresh)).status).toBe(200)
    await json('user', 'create', '--handle', 'later', '--name', 'Later', '--email', 'later@example.com')
    await stop()
    expect(await run('restore', backup, '--replace')).toMatchObject({ code: 0, err: '' })
    expect(existsSync(join(content, 'original'))).toBe(true)
    await again()
    expect([await app.me(kept.access), await app.me(revoked.access)]).toEqual([401, 401])
    expectOAuthError(await app.refresh(revoked.refresh), 400, 'invalid_grant')
    expect(await json('user', 'find', 'later')).toEqual([])
    expect((await json('app', 'list')).map((each: { apiKey: string }) => each.apiKey)).toContain(apiKey)
    const back = await signedIn(app.issuer, nova)
    expect(await app.me((await app.pair(back)).access)).toBe(200)
    expect(readdirSync(folder).filter((name) => name.startsWith('replaced-'))).toHaveLength(1)
    await stop()
  })

  test('comes back with its keys, and with its tokens where it is told to', async () => {
    const { app, folder, json, stop, again } = await operated()
    const pair = await app.pair(await signedIn(app.issuer, nova))
    const keys = async () => (await fetch(`${app.issuer}/.well-known/jwks.json`)).json()
    const published = await keys()
    const backup = join(folder, '..', 'backup')
    await json('backup', backup)
    await stop()
    rmSync(folder, { recursive: true })
    expect(await json('restore', backup, '--keep-tokens')).toMatchObject({ ended: null })
    await again()
    expect(await app.me(pair.access)).toBe(200)
    // It signs by the same keys: another would have been added otherwise.
    expect(await keys()).toEqual(published)
    await stop()
  })

  test('without keys leaves those that are there, and others are made where there are none', async () => {
    const { app, folder, json, stop, again } = await operated()
    const keys = async () => (await (await fetch(`${app.issuer}/.well-known/jwks.json`)).json()).keys.length
    expect(await keys()).toBe(1)
    const backup = join(folder, '..', 'backup')
    await json('backup', backup, '--without-keys')
    expect(existsSync(join(backup, 'secret.key'))).toBe(false)
    await stop()
    await json('restore', backup, '--replace')
    await again()
    expect(await keys()).toBe(1)
    await stop()
    rmSync(folder, { recursive: true })
    await json('restore', backup)
    await again()
    expect(await keys()).toBe(2)
    await stop()
  })

  test('that is damaged, cut off or none is refused before anything is touched', async () => {
    const { folder, json, run, stop } = await operated()
    await stop()
    const backup = join(folder, '..', 'backup')
    await json('backup', backup)
    expect(await run('backup', backup)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^There is .*already/),
    })
    expect(await run('restore', backup)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/installation in .*--replace/),
    })
    const before = readFileSync(join(folder, 'stagedoor.db'))
    appendFileSync(join(backup, 'stagedoor.db'), 'x')
    expect(await run('restore', backup, '--replace')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/damaged/),
    })
    rmSync(join(backup, 'stagedoor.db'))
    expect(await run('restore', backup, '--replace')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/missing/),
    })
    for (const text of [
      '',
      '{}',
      '{"format":1,"createdAt":"x","files":[{"path":"../x","bytes":1,"sha256":"x"}]}',
    ]) {
      writeFileSync(join(backup, 'manifest.json'), text)
      expect(await run('restore', backup, '--replace')).toMatchObject({
        code: 1,
        err: expect.stringMatching(/no backup/),
      })
    }
    expect(readFileSync(join(folder, 'stagedoor.db')).equals(before)).toBe(true)
  })

  test('is not restored under a server, and a restore that was cut off is no installation', async () => {
    const { folder, json, run, stop } = await operated()
    await stop()
    const backup = join(folder, '..', 'backup')
    await json('backup', backup)
    mkdirSync(join(folder, 'restoring'))
    const settings = { PUBLIC_URL: 'http://localhost:4497', DATA_DIR: folder }
    expect(await command(['serve'], { settings })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/restore.*cut off/),
    })
    expect(await run('restore', backup, '--replace')).toMatchObject({ code: 0, err: '' })
    expect(existsSync(join(folder, 'restoring'))).toBe(false)
    const store = await openServerStore({ dataDir: folder, database: null }, machine(newLogFile('lock')).log)
    expect(await run('restore', backup, '--replace')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/A server works on the data folder/),
    })
    await store.close()
  })
})
