import type { SpanAttributes, Tracing } from './tracing.ts'

/** What a span is named and says of a call, by the name of the method. */
type Describe = (method: string) => { readonly name: string; readonly attributes: SpanAttributes }

/**
 * The same, of which each call is a span.
 * @param wrapped methods that answer another such object at once, whose calls are spans in turn
 */
export function tracedCalls<T extends object>(
  traced: T,
  describe: Describe,
  tracing: Pick<Tracing, 'call'>,
  wrapped: readonly string[] = [],
): T {
  return new Proxy(traced, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key)
      if (typeof method !== 'function' || typeof key !== 'string') return method
      const call = (given: readonly unknown[]): unknown => Reflect.apply(method, target, given)
      if (wrapped.includes(key))
        return (...given: readonly unknown[]) => {
          const answered = call(given)
          return answered instanceof Object ? tracedCalls(answered, describe, tracing, wrapped) : answered
        }
      const { name, attributes } = describe(key)
      return (...given: readonly unknown[]) => tracing.call(name, attributes, () => call(given))
    },
  })
}

/** The verbs of a store, as calls of a database. */
export const asDatabase =
  (system: 'sqlite' | 'postgresql'): Describe =>
  (verb) => ({ name: verb, attributes: { 'db.system.name': system, 'db.operation.name': verb } })

/** The calls of something else, named after what it is. */
export const asCallsOf =
  (what: string): Describe =>
  (method) => ({ name: `${what} ${method}`, attributes: {} })
