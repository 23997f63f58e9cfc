import { failure } from '../errors/errors.ts'
import { authorized } from '../session/authorized.ts'
import type { SessionContext } from '../session/context.ts'
import type { UploadFile, UploadHandle, UploadProgress, Uploads } from '../uploads/uploads.ts'

const CID = 'bafkreia2b3c4d5e6f7g2h3i4j5k6l7m2n3o4p5q6r7s2t3u4v5w6x7y2z3'

function sizeOf(file: UploadFile): number {
  if (ArrayBuffer.isView(file)) return file.byteLength
  if ('buffer' in file) return file.buffer.length
  return file.size ?? 1
}

/** Uploads that are done as soon as they are started, unless nobody is logged in or the server cannot be reached. */
export function fakeUploads({ session, client }: SessionContext): Uploads {
  function fake<Result>(
    file: UploadFile,
    onProgress: ((progress: UploadProgress) => void) | undefined,
    result: Result,
  ): UploadHandle<Result> {
    let ending: Promise<Result> | undefined
    let end = () => {}
    const aborted = new Promise<never>((_resolve, reject) => {
      end = () => reject(failure('upload_aborted'))
    })
    aborted.catch(() => {})
    async function run(): Promise<Result> {
      const total = sizeOf(file)
      await authorized(session, (token) => client.request('/me', {}, () => ['request_refused'], token))
      onProgress?.({ loaded: total, total, transcode: undefined })
      onProgress?.({ loaded: total, total, transcode: 1 })
      return result
    }
    return {
      start: () => {
        ending ??= Promise.race([aborted, run()])
        return ending
      },
      pause: () => {},
      resume: () => {},
      abort: async () => end(),
    }
  }
  return {
    createAudioUpload: ({ file, onProgress }) =>
      fake(file, onProgress, {
        trackCid: CID,
        previewCid: CID,
        origFileCid: CID,
        origFilename: ('name' in file && file.name) || 'untitled',
        duration: 180,
        bpm: undefined,
        musicalKey: undefined,
      }),
    createImageUpload: ({ file, onProgress }) => fake(file, onProgress, CID),
  }
}
