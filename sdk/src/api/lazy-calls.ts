/**
 * Calls that are loaded when one of them is first made.
 *
 * @param names Every call's.
 */
export function lazyCalls<Calls extends { [Name in keyof Calls]: (...request: never[]) => Promise<unknown> }>(
  names: Readonly<Record<keyof Calls, 1>>,
  load: () => Promise<Calls>,
): Calls {
  // `names` has every name and no other.
  const every = Object.keys(names) as (keyof Calls)[]
  return Object.fromEntries(
    every.map((name) => [name, async (...request: never[]) => (await load())[name](...request)]),
  ) as Calls
}
