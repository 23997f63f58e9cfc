import type { Loudness } from '../../store/contract/store.ts'

/** What the meter answers for silence: the gate of EBU R128 lets nothing through. */
const gate = -70

/**
 * Reads what ffmpeg's meter (EBU R128) says at its end.
 * @returns nothing for silence
 */
export function readLoudness(words: string): Loudness | undefined {
  const summary = words.slice(words.lastIndexOf('Summary:'))
  const integrated = numberIn(/\bI:\s+(-?\d+(?:\.\d+)?) LUFS/, summary)
  if (integrated === null || integrated <= gate) return undefined
  return { integrated, truePeak: numberIn(/\bPeak:\s+(-?\d+(?:\.\d+)?) dBFS/, summary) }
}

function numberIn(pattern: RegExp, text: string): number | null {
  const [, number] = pattern.exec(text) ?? []
  return number === undefined ? null : Number(number)
}
