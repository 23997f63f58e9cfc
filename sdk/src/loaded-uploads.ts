import type { SessionContext } from './context.ts'
import type { Later } from './oauth.ts'
import type { UploadTools } from './upload.ts'
import type { UploadHandle, Uploads } from './uploads.ts'

/** What is loaded when the first upload is prepared. Rejects with `unreachable`. */
export type LoadUploads = () => Promise<typeof import('./upload.ts')>

/**
 * @param app Names what is stored about uploads on their way.
 */
export function uploadsOf(
  app: string,
  context: SessionContext,
  load: LoadUploads,
  later: Later,
): Uploads {
  /** Hands on, in order, what is done to an upload that is not loaded yet. */
  function handle<Result>(
    open: (loaded: Awaited<ReturnType<LoadUploads>>, tools: UploadTools) => UploadHandle<Result>,
  ): UploadHandle<Result> {
    const upload = Promise.all([load(), later()]).then(([loaded, tools]) =>
      open(loaded, { app, context, ...tools }),
    )
    let started: Promise<Result> | undefined
    const tell = (what: (upload: UploadHandle<Result>) => void | Promise<void>) => {
      const told = upload.then(what)
      // Whoever started it hears what failed.
      told.catch(() => {})
      return told
    }
    tell(() => {})
    return {
      start: () => {
        started ??= upload.then((it) => it.start())
        return started
      },
      pause: () => void tell((it) => it.pause()),
      resume: () => void tell((it) => it.resume()),
      abort: (shouldTerminate) => tell((it) => it.abort(shouldTerminate)),
    }
  }

  return {
    createAudioUpload: (...given) => handle((loaded, tools) => loaded.audioUpload(tools, ...given)),
    createImageUpload: (...given) => handle((loaded, tools) => loaded.imageUpload(tools, ...given)),
  }
}
