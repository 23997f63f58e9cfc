import type { Loudness } from '../../store/contract/store.ts'
import { outputOf, runBounded, wrappers } from './bounded-process.ts'
import { readLoudness } from './loudness.ts'
import { PeakMeter, sampleRate } from './peak-meter.ts'
import { type AudioProbe, inputOf, probe } from './probe.ts'
import { Unusable } from './rejected-file.ts'

/** Decodes audio in processes of their own; null where ffmpeg is not installed. */
export interface Transcoder {
  /** @throws Unusable saying why a file cannot be played */
  probe(file: string, stopped: AbortSignal): Promise<AudioProbe>
  /**
   * Decodes a file once: writes it as MP3 of 320 kbit/s, and hears how long and how loud it is.
   * @throws Unusable when nothing of it can be decoded, or it is longer than `maxSeconds`
   */
  transcode(job: Transcoding): Promise<Heard>
}

export interface Transcoding {
  readonly file: string
  readonly target: string
  readonly maxSeconds: number
  /** One channel is to be heard from both sides as it is; ffmpeg would make it quieter. */
  readonly isMono: boolean
  onProgress(seconds: number): void
  readonly stopped: AbortSignal
}

/** What was heard while a file was decoded. */
export interface Heard {
  /** By the samples decoded. */
  readonly seconds: number
  readonly peaks: readonly number[]
  readonly loudness: Loudness | undefined
}

/** What `findTranscoder` finds, looked for when it is first awaited: most starts have no file to make anything of. */
export function transcoderOnDemand(): PromiseLike<Transcoder | null> {
  let found: Promise<Transcoder | null> | undefined
  return {
    // biome-ignore lint/suspicious/noThenProperty: it is awaited like the promise that it stands for.
    then(fulfilled, rejected) {
      found ??= findTranscoder()
      return found.then(fulfilled, rejected)
    },
  }
}

/** Finds ffmpeg with its MP3 encoder, and ffprobe. */
export async function findTranscoder(): Promise<Transcoder | null> {
  for (const wrapper of wrappers) {
    const encoders = await outputOf([...wrapper, 'ffmpeg', '-hide_banner', '-encoders'], 1_000_000)
    const prober = await outputOf([...wrapper, 'ffprobe', '-version'], 10_000)
    if (encoders.includes('libmp3lame') && prober !== '')
      return {
        probe: (file, stopped) => probe(wrapper, file, stopped),
        transcode: (job) => transcode(wrapper, job),
      }
  }
  return null
}

async function transcode(wrapper: readonly string[], job: Transcoding): Promise<Heard> {
  const { stopped, maxSeconds } = job
  const meter = new PeakMeter()
  const enough = new AbortController()
  const { code, words } = await runBounded(
    [...wrapper, 'ffmpeg', ...argumentsOf(job)],
    AbortSignal.any([stopped, enough.signal]),
    (chunk) => {
      meter.take(chunk)
      job.onProgress(meter.seconds)
      if (meter.seconds > maxSeconds) enough.abort()
    },
  )
  stopped.throwIfAborted()
  const { seconds } = meter
  if (seconds > maxSeconds) throw new Unusable('too_long')
  if (code === null) throw new Unusable('slow_to_decode')
  if (code === 0 && seconds === 0) throw new Unusable('no_samples')
  if (code !== 0) throw new Unusable('not_decodable')
  return { seconds, peaks: meter.peaks(), loudness: readLoudness(words) }
}

// What is served is what is measured. A cut or damaged file is played as far as it goes.
function argumentsOf({ file, target, isMono }: Transcoding): readonly string[] {
  const heard = `aresample=${sampleRate},aformat=sample_fmts=s16:channel_layouts=stereo`
  const graph = `[0:a:0]${isMono ? 'pan=stereo|c0=c0|c1=c0,' : ''}asplit=2[stream][rest];[rest]${heard},asplit=2[samples][meter];[meter]ebur128=framelog=verbose:peak=true[metered]`
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-y', '-max_error_rate', '1'],
    ...[...inputOf(file), '-filter_complex', graph],
    ...['-map', '[stream]', '-map_metadata', '-1', '-c:a', 'libmp3lame', '-b:a', '320k'],
    ...['-ar', String(sampleRate), '-ac', '2', '-threads', '1', '-f', 'mp3', `file:${target}`],
    ...['-map', '[samples]', '-f', 's16le', 'pipe:1'],
    ...['-map', '[metered]', '-f', 'null', '-'],
  ]
}
