import { text } from 'node:stream/consumers'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import type { ContentStore } from './store.ts'

/** How a track looks: what is drawn of it without hearing it. */
export const WaveformSchema = Type.Object(
  {
    duration: Type.Number({ minimum: 0, description: 'Seconds of sound.' }),
    peaks: Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
      maxItems: 1000,
      description: 'The loudest of each of up to 1,000 equal parts, from 0 to 1.',
    }),
  },
  { title: 'Waveform', description: 'How loud a track is from beginning to end.' },
)

/** Reads the waveform that was made with a stream; `undefined` where there is none. */
export async function readWaveform(
  stream: string,
  content: ContentStore,
): Promise<Static<typeof WaveformSchema> | undefined> {
  const size = await content.size(stream, 'waveform.json')
  if (size === undefined) return undefined
  const waveform: unknown = JSON.parse(await text(content.read(stream, 'waveform.json', 0, size - 1)))
  return Check(WaveformSchema, waveform) ? waveform : undefined
}
