import type { Api } from './all.ts'

/**
 * Calls that are loaded when one of them is first made. What they are called is not known before that, so that a login
 * does not carry the names of every call: whatever is asked for is a function, and stays the same one.
 */
export function lazyCalls<Calls extends object>(load: () => Promise<Calls>): Calls {
  return new Proxy({} as Calls, {
    get(made, name) {
      // Whoever awaits the calls themselves asks whether they are a promise.
      if (typeof name === 'symbol' || name === 'then' || Object.hasOwn(made, name))
        return Reflect.get(made, name)
      const call = async (...request: unknown[]) => {
        const calls = await load()
        const found: unknown = Reflect.get(calls, name)
        // What no call is called is as wrong here as in a plain object.
        if (typeof found !== 'function') throw new TypeError(`${name} is not a function`)
        return Reflect.apply(found, calls, request)
      }
      Reflect.set(made, name, call)
      return call
    },
  })
}

/** The groups of calls, each loaded with the first call of any. */
export function lazyApi(load: () => Promise<Api>): Api {
  const group = <Name extends Exclude<keyof Api, 'resolve'>>(name: Name) =>
    lazyCalls(async () => (await load())[name])
  return {
    users: group('users'),
    tracks: group('tracks'),
    playlists: group('playlists'),
    albums: group('albums'),
    comments: group('comments'),
    search: group('search'),
    resolve: async (...request) => (await load()).resolve(...request),
  }
}
