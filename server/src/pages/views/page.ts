/** A link and its words. */
export interface Link {
  readonly href: string
  readonly text: string
}

/** What every page is told about the server it speaks for. */
export interface Page {
  readonly brand: string
  /** URL of the stylesheet. */
  readonly stylesheet: string
  /** URL of what only the pages of a member need to look as they do. */
  readonly memberStylesheet: string
  /** URL of the script that adds comfort to the pages of a member. */
  readonly memberScript: string
  /** URL of the script by which browsers use passkeys. */
  readonly passkeyScript: string
  /** Shows that the accounts are samples. */
  readonly development: boolean
  /** Whether this server sends mail. */
  readonly sendsMail: boolean
  /** What stands below every page: the operator's terms and the like. */
  readonly links: readonly Link[]
}

/** How far an email is an account's: proven, only named, or confirmed by another account since. */
export type EmailStatus = 'confirmed' | 'unconfirmed' | 'lost'

/** An account as its owner sees it. */
export interface Person {
  readonly handle: string
  readonly name: string
  /** URL of a 150x150 image. */
  readonly picture: string | null
  readonly isVerified: boolean
}

/** An app that asks for something. */
export interface Client {
  readonly name: string
  /** URL of its logo, which a registered app alone can have. */
  readonly logo: string | null
  readonly isRegistered: boolean
  /** Where it has proven to be at home, though nobody has registered it; null for others. */
  readonly documentHost: string | null
  /** Whether another app, which is registered, bears its name. */
  readonly isNamesake: boolean
  readonly isNative: boolean
  /** The handle of whoever registered it; null where nobody knows. */
  readonly owner: string | null
  /** What it says of itself. */
  readonly links: readonly Link[]
  /** Where the browser goes next: `myapp.com`, `localhost:5177`, or `myapp://` for a native app. */
  readonly redirectHost: string
}

/** What every form sends back unseen. */
export interface Hidden {
  /** The authorization request under way. */
  readonly request: string | null
  /** The page of ours that a sign-in was on the way to. */
  readonly next: string | null
  readonly csrf: string
}
