import { Injector, PLATFORM_ID, runInInjectionContext } from '@angular/core'
import { createRoot } from 'solid-js'
import { describe, expect, test, vi } from 'vitest'
import { createRenderer, createSSRApp, h, type RendererOptions } from 'vue'
import { injectAudius, injectUser } from '../src/angular.ts'
import { createAudius, createUser } from '../src/solid.ts'
import { audiusStore, userStore } from '../src/svelte.ts'
import { fakeSdk } from '../src/testing.ts'
import type { Account } from '../src/ui/account.ts'
import type { Profile } from '../src/ui/profile.ts'
import { useAudius, useUser } from '../src/vue.ts'

// By the condition `node` it is the build for servers, in which nothing is ever mounted.
// @ts-expect-error: that file has no types of its own
vi.mock('solid-js', () => import('../../node_modules/solid-js/dist/solid.js'))

type Fake = ReturnType<typeof fakeSdk>

/** A component that shows both, in a framework. */
interface Mounted {
  readonly account: () => Account
  readonly profile: () => Profile
  readonly unmount: () => void
}

/** A page of which nothing is kept: what Vue would do to a document. */
const nodeOps: RendererOptions<object, object> = {
  insert: () => {},
  remove: () => {},
  patchProp: () => {},
  createElement: () => ({}),
  createText: () => ({}),
  createComment: () => ({}),
  setText: () => {},
  setElementText: () => {},
  parentNode: () => null,
  nextSibling: () => null,
}

function inVue(sdk: Fake): Mounted {
  let shown: { account: ReturnType<typeof useAudius>; profile: ReturnType<typeof useUser> } | undefined
  const app = createRenderer(nodeOps).createApp({
    setup: () => {
      shown = { account: useAudius(sdk), profile: useUser(sdk) }
      return () => h('p')
    },
  })
  app.mount({})
  if (!shown) throw new Error('Vue did not set the component up.')
  const { account, profile } = shown
  return { account: () => account.value, profile: () => profile.value, unmount: () => app.unmount() }
}

function inSvelte(sdk: Fake): Mounted {
  let [account, profile]: [Account?, Profile?] = []
  const stops = [
    audiusStore(sdk).subscribe((value) => {
      account = value
    }),
    userStore(sdk).subscribe((value) => {
      profile = value
    }),
  ]
  const known = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('A store of Svelte answers at once.')
    return value
  }
  return {
    account: () => known(account),
    profile: () => known(profile),
    unmount: () => {
      for (const stop of stops) stop()
    },
  }
}

const inSolid = (sdk: Fake): Mounted =>
  createRoot((unmount) => ({ account: createAudius(sdk), profile: createUser(sdk), unmount }))

function inAngular(sdk: Fake, platform = 'browser'): Mounted {
  const injector = Injector.create({ providers: [{ provide: PLATFORM_ID, useValue: platform }] })
  return runInInjectionContext(injector, () => ({
    account: injectAudius(sdk),
    profile: injectUser(sdk),
    unmount: () => injector.destroy(),
  }))
}

describe.each([
  ['Vue', inVue],
  ['Svelte', inSvelte],
  ['Solid', inSolid],
  ['Angular', inAngular],
])('%s', (_name, mount) => {
  test('shows who is logged in, from the moment it is mounted until it is unmounted', async () => {
    const sdk = fakeSdk({ user: { handle: 'ada' } })
    const { account, profile, unmount } = mount(sdk)
    await expect.poll(() => account().status).toBe('signed-out')
    expect(await account().login({ scope: 'read' })).toBe(true)
    await expect.poll(() => profile().user?.handle).toBe('ada')
    expect(account().status).toBe('authenticated')
    await account().logout()
    await expect.poll(() => profile().user).toBeNull()
    unmount()
    await sdk.oauth.login()
    expect(account().status).toBe('signed-out')
  })

  test('cancels a login, says why it ended, and forgets that', async () => {
    const sdk = fakeSdk()
    const { account, unmount } = mount(sdk)
    await expect.poll(() => account().status).toBe('signed-out')
    sdk.fake.answerLogins('waits')
    const login = account().login()
    await expect.poll(() => account().isLoggingIn).toBe(true)
    account().cancel()
    expect(await login).toBe(false)
    expect(account()).toMatchObject({ isLoggingIn: false, ended: 'aborted', error: null })
    account().dismiss()
    expect(account().ended).toBeNull()
    sdk.fake.answerLogins('access_denied')
    await account().login()
    expect(account()).toMatchObject({ ended: 'access_denied', error: null })
    sdk.fake.answerLogins('success')
    await account().login()
    expect(account().ended).toBeNull()
    await sdk.fake.expire()
    await expect.poll(() => account().ended).toBe('session_expired')
    unmount()
  })

  test('ends a login by the signal of its caller, too', async () => {
    const sdk = fakeSdk()
    const { account, unmount } = mount(sdk)
    sdk.fake.answerLogins('waits')
    const controller = new AbortController()
    const login = account().login({ signal: controller.signal })
    controller.abort()
    expect(await login).toBe(false)
    expect(await account().login({ signal: AbortSignal.abort() })).toBe(false)
    expect(account().ended).toBe('aborted')
    unmount()
  })
})

describe('rendered on a server nothing is asked and nothing begins:', () => {
  const asked = () => {
    const seen: string[] = []
    const sdk = fakeSdk({ isSignedIn: true })
    const { oauth } = sdk
    const watched = new Proxy(oauth, {
      get: (target, name, receiver) => {
        seen.push(String(name))
        return Reflect.get(target, name, receiver)
      },
    })
    return { seen, sdk: { ...sdk, oauth: watched } }
  }

  test('Vue', async () => {
    const { renderToString } = await import('vue/server-renderer')
    const { sdk, seen } = asked()
    const app = createSSRApp({
      setup: () => {
        const account = useAudius(sdk)
        return () => h('p', account.value.status)
      },
    })
    expect(await renderToString(app)).toBe('<p>loading</p>')
    expect(seen).toEqual([])
  })

  test('Svelte', async () => {
    const { sdk, seen } = asked()
    const statuses: string[] = []
    audiusStore(sdk).subscribe(({ status }) => statuses.push(status))()
    await Promise.resolve()
    expect([statuses, seen]).toEqual([['loading'], []])
  })

  test('Angular', () => {
    const { sdk, seen } = asked()
    expect(inAngular(sdk, 'server').account().status).toBe('loading')
    expect(seen).toEqual([])
  })
})
