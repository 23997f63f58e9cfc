import type { Api } from './all.ts'

/**
 * Calls that are loaded when one of them is first made. What they are called is not known before that, so that a login
 * does not carry the names of every call: whatever is asked for is a function, and stays the same one.
 */
export const lazyCalls = <Calls extends object>(load: () => Promise<Calls>): Calls =>
  new Proxy<Record<string | symbol, unknown>>(
    {},
    {
      get(made, name) {
        // Whoever awaits the calls themselves asks whether they are a promise.
        if (typeof name === 'symbol' || name === 'then') return
        made[name] ??= async (...request: unknown[]) => {
          const calls: object = await load()
          const call: unknown = Reflect.get(calls, name)
          if (typeof call !== 'function') throw new TypeError(`${name} is not a function`)
          return Reflect.apply(call, calls, request)
        }
        return made[name]
      },
    },
    // It has every call that the loaded ones have.
  ) as Calls

/** The groups of calls, each loaded with the first call of any. */
export const lazyApi = (load: () => Promise<Api>): Api => ({
  ...groupsOf(['users', 'tracks', 'playlists', 'albums', 'comments', 'search'], load),
  resolve: async (...request) => (await load()).resolve(...request),
})

const groupsOf = <Name extends Exclude<keyof Api, 'resolve'>>(
  names: readonly Name[],
  load: () => Promise<Api>,
): Pick<Api, Name> =>
  // Each name has its group.
  Object.fromEntries(names.map((name) => [name, lazyCalls(async () => (await load())[name])])) as Pick<
    Api,
    Name
  >
