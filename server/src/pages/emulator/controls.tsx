import { Name } from '../views/name.tsx'

/** What the forms of the emulator show. */
export interface ControlWords {
  readonly csrf: string
  /** The server's time, and the milliseconds it is ahead of the machine's. */
  readonly now: string
  readonly aheadMs: number
  /** The faults that wait; without an app, for the requests of all. */
  readonly faults: readonly {
    readonly kind: string
    readonly app: string | null
    readonly until: 'next' | 'ended'
    readonly seconds: number | null
  }[]
  /** Every fault there is, and what an app meets by it. */
  readonly kinds: readonly (readonly [kind: string, what: string])[]
  /** The most seconds that a fault takes. */
  readonly mostSeconds: number
  readonly apps: readonly {
    readonly apiKey: string
    readonly name: string
    readonly redirectUris: readonly string[]
  }[]
}

/** What keeps other sites from sending a form. */
export const Csrf = ({ csrf }: { csrf: string }) => <input type="hidden" name="csrf" value={csrf} />

/** The faults that wait for requests, and a form to add one. */
export function Faults({ words: { csrf, faults, apps, kinds, mostSeconds } }: { words: ControlWords }) {
  return (
    <section class="entry" aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      {faults.length === 0 ? (
        <p>No fault waits: every request is answered as it should be.</p>
      ) : (
        <>
          <ul class="entries">
            {faults.map(({ kind, app, until, seconds }) => (
              <li key={`${kind} ${app}`}>
                <strong>
                  <code>{kind}</code>
                </strong>{' '}
                {until === 'next' ? 'at the next request' : 'at every request'} of{' '}
                {app === null ? 'any app' : <Name text={app} />}
                {seconds !== null && `, ${seconds} seconds`}
              </li>
            ))}
          </ul>
          <form method="post" action="/emulator/faults/end">
            <Csrf csrf={csrf} />
            <button type="submit">End all faults</button>
          </form>
        </>
      )}
      <form method="post" action="/emulator/faults">
        <Csrf csrf={csrf} />
        <fieldset>
          <legend>What goes wrong</legend>
          {kinds.map(([kind, what], place) => (
            <label key={kind} class="choice">
              <input type="radio" name="kind" value={kind} checked={place === 0} />
              <span>
                <code>{kind}</code>: {what}
              </span>
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>How often</legend>
          <label class="choice">
            <input type="radio" name="until" value="next" checked />
            <span>At the next request alone</span>
          </label>
          <label class="choice">
            <input type="radio" name="until" value="ended" />
            <span>Until it is ended</span>
          </label>
        </fieldset>
        <div class="field">
          <label for="app">Whose requests</label>
          <select id="app" name="app">
            <option value="">Those of every app</option>
            {apps.map(({ apiKey, name }) => (
              <option key={apiKey} value={apiKey}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="fault-seconds">Seconds, for slow and rate_limited (optional)</label>
          <input
            id="fault-seconds"
            name="seconds"
            type="number"
            min="1"
            max={mostSeconds}
            inputmode="numeric"
          />
        </div>
        <button type="submit" class="primary">
          Add the fault
        </button>
      </form>
    </section>
  )
}

/** The server's time, and forms that move it on. */
export function Clock({ words: { csrf, now, aheadMs } }: { words: ControlWords }) {
  return (
    <section class="entry" aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <p>
        The server’s time is {now}
        {aheadMs === 0 ? ', as the machine’s.' : `: ${aheadMs / 1000} seconds ahead of the machine’s.`}
      </p>
      <Forward csrf={csrf} unit="seconds" value={60} />
      <Forward csrf={csrf} unit="hours" value={1} />
      <p class="quiet">It never goes back but by a reset, or when the server starts again.</p>
    </section>
  )
}

function Forward({ csrf, unit, value }: { csrf: string; unit: 'seconds' | 'hours'; value: number }) {
  return (
    <form class="search" method="post" action="/emulator/clock">
      <Csrf csrf={csrf} />
      <label for={`by-${unit}`}>Forward by {unit}</label>
      <input id={`by-${unit}`} name={unit} type="number" min="1" value={value} required inputmode="numeric" />
      <button type="submit">Forward</button>
    </form>
  )
}
