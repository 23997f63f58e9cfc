/** How samples come from the decoder: 16 bits, two channels. */
export const sampleRate = 44_100
const channels = 2
const bytesOfFrame = 2 * channels
/** Values kept while it is not known how long the sound is: twice as many as are told, at least. */
const mostBlocks = 4_000
const mostPeaks = 1_000
const loudest = 32_768

/** Hears decoded sound as it passes: how long it is, and how loud at each moment. Its memory does not grow. */
export class PeakMeter {
  #frames = 0
  #blocks: number[] = []
  #framesOfBlock = 16
  #framesInBlock = 0
  #peak = 0
  #left: Buffer = Buffer.alloc(0)

  /** Seconds of sound so far, by the samples. */
  get seconds(): number {
    return this.#frames / sampleRate
  }

  /** Takes samples, cut anywhere. */
  take(chunk: Buffer): void {
    const bytes = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk])
    const frames = Math.floor(bytes.length / bytesOfFrame)
    const whole = frames * bytesOfFrame
    const samples = samplesOf(bytes, whole)
    for (let at = 0; at < samples.length; at += channels) {
      this.#peak = Math.max(this.#peak, Math.abs(samples[at] ?? 0), Math.abs(samples[at + 1] ?? 0))
      this.#framesInBlock += 1
      if (this.#framesInBlock === this.#framesOfBlock) this.#endBlock()
    }
    this.#frames += frames
    this.#left = bytes.subarray(whole)
  }

  /** The loudest of each of up to 1,000 equal parts, from 0 to 1. */
  peaks(): readonly number[] {
    const blocks = this.#framesInBlock === 0 ? this.#blocks : [...this.#blocks, this.#peak]
    const parts = Math.min(mostPeaks, blocks.length)
    return Array.from({ length: parts }, (_, part) => {
      const from = Math.floor((part * blocks.length) / parts)
      const to = Math.floor(((part + 1) * blocks.length) / parts)
      return Math.round((1000 * Math.max(...blocks.slice(from, to))) / loudest) / 1000
    })
  }

  #endBlock(): void {
    this.#blocks.push(this.#peak)
    this.#peak = 0
    this.#framesInBlock = 0
    if (this.#blocks.length < mostBlocks) return
    // From here on each block is twice as long.
    this.#framesOfBlock *= 2
    this.#blocks = Array.from({ length: mostBlocks / 2 }, (_, pair) =>
      Math.max(this.#blocks[2 * pair] ?? 0, this.#blocks[2 * pair + 1] ?? 0),
    )
  }
}

// Both ffmpeg and the machines that this runs on write the low byte first.
function samplesOf(bytes: Buffer, length: number): Int16Array {
  const isAligned = bytes.byteOffset % Int16Array.BYTES_PER_ELEMENT === 0
  const { buffer, byteOffset } = isAligned ? bytes : Buffer.from(new Uint8Array(bytes).buffer)
  return new Int16Array(buffer, byteOffset, length / Int16Array.BYTES_PER_ELEMENT)
}
