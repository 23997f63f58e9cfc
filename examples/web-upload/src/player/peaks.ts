// What a picture needs of the sound. A browser resamples while it decodes, so this also bounds the memory it takes.
const sampleRate = 8000

/**
 * How loud audio is along its length, from 0 to 1, the loudest part being 1.
 *
 * @param count How many parts to look at.
 * @throws Error when it cannot be fetched or decoded.
 */
export async function peaksOf(url: string, count: number, signal: AbortSignal): Promise<readonly number[]> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`The audio answered ${response.status}.`)
  const context = new OfflineAudioContext(1, 1, sampleRate)
  const audio = await context.decodeAudioData(await response.arrayBuffer())
  const samples = audio.getChannelData(0)
  const peaks = Array.from({ length: count }, (_, part) => {
    const from = Math.floor((part * samples.length) / count)
    const to = Math.floor(((part + 1) * samples.length) / count)
    let peak = 0
    for (let at = from; at < to; at += 1) peak = Math.max(peak, Math.abs(samples[at] ?? 0))
    return peak
  })
  const loudest = Math.max(...peaks)
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : peaks
}
