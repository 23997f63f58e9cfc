import type { getUser } from '../api/current-user.ts'
import { failure, isStagedoorError, learn } from '../errors/errors.ts'
import { lateCatalogue } from '../errors/late-catalogue.ts'
import type { Fields } from '../http/fields.ts'
import type { authorized } from '../session/authorized.ts'
import type { SessionContext } from '../session/context.ts'
import { uploadControlOf } from './control.ts'
import { openFile } from './file.ts'
import { type UploadRecord, uploadRecordOf } from './record.ts'
import { uploadRequestOf } from './request.ts'
import { audioResult, imageResult, processed } from './result.ts'
import { sendFile } from './send.ts'
import { findStorageNode } from './storage-node.ts'
import type { AudioUploadParams, UploadHandle, Uploads } from './uploads.ts'

/** What an upload works with: what other calls use too comes from outside, so that it is loaded once. */
export interface UploadTools {
  /** Names what is stored about uploads on their way. */
  readonly app: string
  readonly context: SessionContext
  readonly authorized: typeof authorized
  readonly getUser: typeof getUser
}

/** What is uploaded, and how its answer is read. */
interface Job<Result> extends AudioUploadParams {
  readonly template: 'audio' | 'img_square' | 'img_backdrop'
  readonly read: (status: Fields) => Result
}

function uploadOf<Result>(
  { app, context, authorized, getUser }: UploadTools,
  job: Job<Result>,
  signal: AbortSignal | undefined,
): UploadHandle<Result> {
  const { file: given, template, previewStartSeconds, read } = job
  const { platform, session } = context
  const control = uploadControlOf(platform)
  let record: UploadRecord | undefined
  let running: Promise<Result> | undefined
  let started: Promise<Result> | undefined
  let terminated: Promise<void> | undefined

  const ask = uploadRequestOf(context, authorized)

  async function run(): Promise<Result> {
    const file = await openFile(given)
    const user = await control.persist(() => getUser(context, undefined))
    const login = session.login()
    const request: typeof ask = (...request) => {
      // Another person's token must not touch this one's upload.
      if (session.login() !== login) throw failure('user_switched')
      return ask(...request)
    }
    const kept = uploadRecordOf(
      platform.storage,
      app,
      file.identity && [user.id, template, previewStartSeconds, ...file.identity],
    )
    record = kept
    const tell = (loaded: number, transcode?: number) => {
      try {
        job.onProgress?.({ loaded, total: file.size, transcode })
      } catch {
        // The app's own: the upload must not suffer from it.
      }
    }
    const start =
      previewStartSeconds === undefined ? {} : { previewStartSeconds: String(previewStartSeconds) }
    const place = await sendFile({
      file,
      metadata: { filename: file.name, filetype: file.type, template, ...start },
      record: kept,
      control,
      request,
      findNode: () => findStorageNode(context),
      onLoaded: (bytes) => tell(bytes),
    })
    try {
      const status = await processed(place, control, (part) => tell(file.size, part))
      kept.forget()
      return read(status)
    } catch (error) {
      // The same file would fail again, and has to be sent anew to show that.
      if (isStagedoorError(error) && error.code === 'upload_failed') kept.forget()
      throw error
    }
  }

  async function terminate(): Promise<void> {
    // An upload that is being created is known once it is.
    await running?.catch(() => {})
    const place = record?.find()
    if (!place) return
    await ask(place.url, { method: 'DELETE', expected: [404, 410] })
    record?.forget()
  }

  const abort = (cause?: unknown) => control.abort(cause)
  if (signal?.aborted) abort(signal.reason)
  signal?.addEventListener('abort', () => abort(signal.reason))

  return {
    start: () => {
      if (!started) {
        running = control.turn().then(run)
        running.catch(() => {})
        started = Promise.race([control.aborted, running])
      }
      return started
    },
    pause: control.pause,
    resume: control.resume,
    abort: async (shouldTerminate) => {
      abort()
      if (!shouldTerminate) return
      terminated ??= terminate().finally(() => {
        terminated = undefined
      })
      return terminated
    },
  }
}

/** Uploads that begin at once. */
export const uploadsWith = (tools: UploadTools): Uploads => ({
  createAudioUpload: (given, options) => {
    // What was left out is missed when the upload starts.
    const params = { ...given }
    const read = (status: Fields) => audioResult(status, params.previewStartSeconds)
    return uploadOf(tools, { ...params, template: 'audio', read }, options?.signal)
  },
  createImageUpload: (given, options) => {
    const { isBackdrop, ...params } = { ...given }
    const template = isBackdrop ? 'img_backdrop' : 'img_square'
    return uploadOf(tools, { ...params, template, read: imageResult }, options?.signal)
  },
})

learn(lateCatalogue)
