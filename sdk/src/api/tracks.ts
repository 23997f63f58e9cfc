import { failure } from '../errors/errors.ts'
import type { CallOptions } from '../http/abort.ts'
import { isText } from '../http/fields.ts'
import type { SessionContext } from '../session/context.ts'
import { readAnswer } from './answers.ts'
import { callApi, type Data, segment, withQuery } from './call.ts'
import { create } from './create.ts'
import type * as Api from './generated.ts'
import { readsOf } from './read.ts'

/** What a track was created, deleted or saved as: its id, in both places where `@audius/sdk` has had it. */
export interface TrackId {
  /** As other calls answer. */
  readonly data: {
    /** The track's public id. */
    readonly trackId: string
  }
  /** The track's public id. */
  readonly trackId: string
}

/**
 * Tracks: looking at them, publishing and changing one's own, saving them. Besides what each call names, all reject with
 * NetworkError (`retryable`), ApiError `rate_limited` and `server_error`, and `request_refused`, whose `faults` name what
 * is wrong; those that change something also with SessionError when nobody is logged in, or `user_switched`, and with
 * ApiError `insufficient_scope` when the login was for scope `read`.
 */
export interface Tracks {
  /**
   * A track, unlisted ones as well.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getTrack(request: Api.GetTrackRequest, options?: CallOptions): Promise<Data<Api.Track>>
  /**
   * Several tracks; those that are not there are left out.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  getBulkTracks(request: Api.GetBulkTracksRequest, options?: CallOptions): Promise<Data<readonly Api.Track[]>>
  /**
   * Finds tracks by title.
   *
   * @param request What to look for.
   * @param options How long to wait.
   */
  searchTracks(request: Api.SearchTracksRequest, options?: CallOptions): Promise<Data<readonly Api.Track[]>>
  /**
   * Publishes a track whose files are uploaded.
   *
   * @param request What it is; `metadata` takes what an audio upload answers as it is.
   * @param options How long to wait. A call that was aborted may have published all the same.
   */
  createTrack(request: Api.CreateTrackRequest, options?: CallOptions): Promise<TrackId>
  /**
   * Changes one's own track; what is left out stays as it is, and null takes away. Answers the track where the server does.
   *
   * @param request Which, and the changes.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  updateTrack(request: Api.UpdateTrackRequest, options?: CallOptions): Promise<Data<Api.Track | undefined>>
  /**
   * Deletes one's own track for good.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  deleteTrack(request: Api.DeleteTrackRequest, options?: CallOptions): Promise<TrackId>
  /**
   * Saves a track to the logged-in user's library, once however often it is called.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  favoriteTrack(request: Api.FavoriteTrackRequest, options?: CallOptions): Promise<TrackId>
  /**
   * Takes a track out of the logged-in user's library, if it is there.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unfavoriteTrack(request: Api.UnfavoriteTrackRequest, options?: CallOptions): Promise<TrackId>
  /**
   * Reposts a track, once however often it is called.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  repostTrack(request: Api.RepostTrackRequest, options?: CallOptions): Promise<TrackId>
  /**
   * Takes back the repost of a track, if there is one.
   *
   * @param request Which.
   * @param options How long to wait.
   */
  unrepostTrack(request: Api.UnrepostTrackRequest, options?: CallOptions): Promise<TrackId>
  /**
   * Who has reposted a track, the last first.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUsersFromReposts(
    request: Api.GetUsersFromRepostsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.User[]>>
  /**
   * Who has saved a track, the last first.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getUsersFromFavorites(
    request: Api.GetUsersFromFavoritesRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.User[]>>
  /**
   * The tracks that were saved and reposted most lately, or ever.
   *
   * @param request Since when, of which genre, and which of them.
   * @param options How long to wait.
   */
  getTrendingTracks(
    request?: Api.GetTrendingTracksRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Track[]>>
  /**
   * The comments at a track, the most liked first.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getTrackComments(
    request: Api.GetTrackCommentsRequest,
    options?: CallOptions,
  ): Promise<Data<readonly Api.Comment[]>>
  /**
   * The URL of a track's audio, for an audio element.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  getTrackStreamUrl(request: Api.StreamTrackRequest, options?: CallOptions): Promise<string>
  /**
   * The same under `data`.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`.
   */
  streamTrack(request: Api.StreamTrackRequest, options?: CallOptions): Promise<Data<string>>
  /**
   * How loud a track is from beginning to end, to draw it.
   *
   * @param request Which.
   * @param options How long to wait.
   * @throws ApiError `not_found`, also where there is none.
   */
  getTrackWaveform(request: Api.GetTrackWaveformRequest, options?: CallOptions): Promise<Data<Api.Waveform>>
  /**
   * The URL that a track's original is saved from, for a link. Asks no server: where `isDownloadable` is false,
   * nothing is there.
   *
   * @param request Which.
   */
  getTrackDownloadUrl(request: Api.DownloadTrackRequest): Promise<string>
}

/** The calls of `sdk().tracks`. */
export function tracksOf(context: SessionContext): Tracks {
  const of = (trackId: string, what = '') => `/tracks/${segment(trackId, 'trackId')}${what}`
  const { raw, one, many } = readsOf(context)
  const idOf = (trackId: string): TrackId => ({ data: { trackId }, trackId })
  /** A change that answers nothing but the id that it was sent. */
  const change =
    (method: 'POST' | 'DELETE', what: string): Tracks['deleteTrack'] =>
    async ({ trackId, ...query }, options) => {
      await callApi(context, { method, path: of(trackId, what), query }, options)
      return idOf(trackId)
    }
  const streamTrack: Tracks['streamTrack'] = async ({ trackId, ...query }, options) => {
    const data = await raw(of(trackId, '/stream'), { ...query, noRedirect: true }, options)
    if (!isText(data)) throw failure('invalid_answer')
    return { data }
  }
  return {
    getTrackWaveform: ({ trackId, ...query }, options) =>
      one('Waveform', of(trackId, '/waveform'), query, options),
    getTrack: ({ trackId, ...query }, options) => one('Track', of(trackId), query, options),
    getBulkTracks: (query, options) => many('Track', '/tracks', query, options),
    searchTracks: (query, options) => many('Track', '/tracks/search', query, options),
    createTrack: async (request, options) => idOf(await create(context, 'track', request, options)),
    updateTrack: async ({ trackId, metadata, ...query }, options) => {
      const call = { method: 'PUT', path: of(trackId), query, body: metadata } as const
      const { data } = await callApi(context, call, options)
      return { data: data === undefined ? data : readAnswer('Track', data) }
    },
    deleteTrack: change('DELETE', ''),
    favoriteTrack: change('POST', '/favorites'),
    unfavoriteTrack: change('DELETE', '/favorites'),
    repostTrack: change('POST', '/reposts'),
    unrepostTrack: change('DELETE', '/reposts'),
    getUsersFromReposts: ({ trackId, ...query }, options) =>
      many('User', of(trackId, '/reposts'), query, options),
    getUsersFromFavorites: ({ trackId, ...query }, options) =>
      many('User', of(trackId, '/favorites'), query, options),
    getTrendingTracks: (query = {}, options) => many('Track', '/tracks/trending', query, options),
    getTrackComments: ({ trackId, ...query }, options) =>
      many('Comment', of(trackId, '/comments'), query, options),
    getTrackStreamUrl: async (request, options) => (await streamTrack(request, options)).data,
    streamTrack,
    getTrackDownloadUrl: async ({ trackId, ...query }) => {
      const { issuer, apiKey, appName } = context.app
      return `${issuer}/v1${withQuery(of(trackId, '/download'), { apiKey, appName, ...query })}`
    },
  }
}
