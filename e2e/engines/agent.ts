/** A page as its person meets it: by the words on it. Whatever is not there yet is waited for. */
export interface Tab {
  open(url: string): Promise<void>
  reload(): Promise<void>
  /** As its person closes it. */
  close(): Promise<void>
  /** Presses a button, by its accessible name. */
  press(button: string): Promise<void>
  /** Presses a button that opens a popup. */
  pressForPopup(button: string): Promise<Tab>
  /** Presses a button after which this popup closes itself, which may be before the press has ended. */
  pressAndClose(button: string): Promise<void>
  /** Types into a field, by its label. */
  fill(label: string, value: string): Promise<void>
  /** Waits for visible words. */
  see(words: string): Promise<void>
  url(): Promise<string>
  /** Computes an expression in the page that has a text for a value. */
  evaluate(expression: string): Promise<string>
}

/** A person who comes for the first time: nothing is stored of anybody. */
export interface Visit {
  readonly tab: Tab
  end(): Promise<void>
}

export interface Engine {
  visit(): Promise<Visit>
  stop(): Promise<void>
}

/** How long anything is waited for. */
export const TIMEOUT_MS = 10_000
