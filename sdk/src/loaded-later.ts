/**
 * Calls that are loaded when one of them is first made.
 *
 * @param names Every call's.
 */
export function loadedLater<
  Calls extends { [Name in keyof Calls]: (...request: never[]) => Promise<unknown> },
>(names: Readonly<Record<keyof Calls, 1>>, load: () => Promise<Calls>): Calls {
  const callNamed =
    (name: keyof Calls) =>
    async (...request: never[]) =>
      (await load())[name](...request)
  // `names` has every name and no other.
  return Object.fromEntries(
    (Object.keys(names) as (keyof Calls)[]).map((name) => [name, callNamed(name)]),
  ) as Calls
}
