import type { App, AppFacts, Instant } from './types.ts'

export interface NewApp {
  readonly apiKey: string
  readonly name: string
  /** The name as `nameKey` folds it, for finding imitations. */
  readonly nameKey: string
  readonly description: string | null
  readonly facts: AppFacts
  readonly ownerId: number | null
  readonly redirectUris: readonly string[]
  readonly now: Instant
}

/** An app that nobody registered, at the moment somebody answers it. */
export interface DocumentApp {
  readonly apiKey: string
  /** Where the document lies that introduces it. */
  readonly address: string
  readonly name: string
  readonly facts: AppFacts
  /** Whether its tokens are good with proofs of its key alone. */
  readonly bindsTokens: boolean
  /** Where this login leads. */
  readonly redirectUri: string
  readonly now: Instant
}

export type AppCreation =
  | { readonly outcome: 'created'; readonly app: App }
  /** Another app, which may be the owner's own, has a name of this key. */
  | { readonly outcome: 'taken'; readonly by: App }
  /** The owner has as many as one may have. */
  | { readonly outcome: 'too_many' }

/** What to change of an app; what is not named stays as it is. */
export interface AppChanges {
  readonly name?: { readonly text: string; readonly key: string }
  readonly description?: string | null
  /** CID of a picture that the owner has uploaded; null for none. */
  readonly logo?: string | null
  readonly bindsTokens?: boolean
  readonly facts?: Partial<AppFacts>
  readonly redirectUris?: RedirectUriChanges
}

/** Additions and removals instead of a list, so that two editors who change different URIs both get theirs. */
export interface RedirectUriChanges {
  readonly add: readonly string[]
  /** `others` removes all that `add` does not name. */
  readonly remove: readonly string[] | 'others'
  /** How many an app may have. */
  readonly limit: number
}

/** The apps that somebody develops. A verb that names an owner leaves the apps of everybody else alone. */
export interface DeveloperStore {
  /** Adds an app; of any number of concurrent calls for one name key one wins, and no owner passes `limit`. */
  createApp(app: NewApp, limit: number): Promise<AppCreation>
  /** Has a row for an app that its document introduced, under the name that it gives itself now. */
  keepDocumentApp(app: DocumentApp): Promise<void>
  /** An app that is not deleted, with its redirect URIs in the order they were registered. */
  findApp(apiKey: string): Promise<App | undefined>
  /** Whether an app that is not deleted has this folded name. */
  isAppNameTaken(nameKey: string): Promise<boolean>
  listApps(): Promise<readonly App[]>
  /** Folds every app's name anew, as older rules may have folded it; answers how many keys changed. */
  refoldAppNames(fold: (name: string) => string): Promise<number>
  /** The apps of an owner that are not deleted, oldest first. */
  listAppsOf(ownerId: number): Promise<readonly App[]>
  /**
   * Changes all of it or, unless the outcome is `updated`, nothing. A URI removed ends what is under way at the app. The
   * upload of a new logo is claimed, that of the one before is released; `no_logo`: no upload of the owner's has it.
   */
  updateApp(
    apiKey: string,
    ownerId: number,
    changes: AppChanges,
    now: Instant,
  ): Promise<'updated' | 'unknown' | 'taken' | 'full' | 'no_logo'>
  /** Adds a redirect URI unless it is there or the app has `limit` of them already. */
  addRedirectUri(
    apiKey: string,
    uri: string,
    limit: number,
    now: Instant,
  ): Promise<'added' | 'present' | 'full' | 'unknown'>
  /** Removes a redirect URI and, with it, the app's unfinished requests and unredeemed codes. */
  removeRedirectUri(apiKey: string, uri: string, now: Instant): Promise<boolean>
  /** Deletes an app: from this commit on no code or token of it works. */
  deleteApp(apiKey: string, now: Instant): Promise<boolean>
  /** Deletes an app if it is this owner's, as `deleteApp` does. */
  deleteAppOf(ownerId: number, apiKey: string, now: Instant): Promise<boolean>
}
