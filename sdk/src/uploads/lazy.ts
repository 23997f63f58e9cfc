import type { LoadLazy } from '../oauth.ts'
import type { SessionContext } from '../session/context.ts'
import type { UploadHandle, Uploads } from './uploads.ts'

/** What is loaded when the first upload is prepared. Rejects with `unreachable`. */
export type LoadUploads = () => Promise<typeof import('./upload.ts')>

/**
 * @param app Names what is stored about uploads on their way.
 */
export function uploadsOf(app: string, context: SessionContext, load: LoadUploads, lazy: LoadLazy): Uploads {
  /** Hands on, in order, what is done to an upload that is not loaded yet. */
  function handle<Result>(open: (uploads: Uploads) => UploadHandle<Result>): UploadHandle<Result> {
    const upload = Promise.all([load(), lazy()]).then(([loaded, tools]) =>
      open(loaded.uploadsWith({ app, context, ...tools })),
    )
    let started: Promise<Result> | undefined
    const tell = (what: 'pause' | 'resume' | 'abort') => (shouldTerminate?: boolean) => {
      const told = upload.then((it) => it[what](shouldTerminate))
      // Whoever starts it hears what failed.
      told.catch(() => {})
      return told
    }
    return {
      start: () => {
        started ??= upload.then((it) => it.start())
        return started
      },
      pause: tell('pause'),
      resume: tell('resume'),
      abort: tell('abort'),
    }
  }

  return {
    createAudioUpload: (...given) => handle((uploads) => uploads.createAudioUpload(...given)),
    createImageUpload: (...given) => handle((uploads) => uploads.createImageUpload(...given)),
  }
}
