import type { CallOptions } from '../http/abort.ts'
import type { SessionContext } from '../session/context.ts'
import type { Data } from './call.ts'
import type * as Api from './generated.ts'
import { readsOf } from './read.ts'

/** One search for everything. Calls reject as those of `Users` do. */
export interface Search {
  /**
   * Finds users, tracks, playlists and albums at once: by words in any order, however they are accented and punctuated,
   * and with small mistakes.
   *
   * @param request What to look for.
   * @param options How long to wait.
   */
  search(request: Api.SearchRequest, options?: CallOptions): Promise<Data<Api.SearchResults>>
  /**
   * The same, for what is still being typed.
   *
   * @param request What to look for.
   * @param options How long to wait.
   */
  searchAutocomplete(
    request: Api.SearchAutocompleteRequest,
    options?: CallOptions,
  ): Promise<Data<Api.SearchResults>>
}

/** The calls of `sdk().search`. */
export function searchOf(context: SessionContext): Search {
  const find =
    (path: string): Search['search'] =>
    (query, options) =>
      readsOf(context).one('SearchResults', path, query, options)
  return { search: find('/search/full'), searchAutocomplete: find('/search/autocomplete') }
}
