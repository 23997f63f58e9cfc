/** How many frames must follow one another: fewer stand in any bytes by chance. */
const chained = 4

/** Whether a chain of MPEG or ADTS frames begins anywhere in some bytes (ISO 11172-3, 13818-3, 13818-7). */
export function hasFrames(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if (isChain(bytes, at)) return true
  return false
}

function isChain(bytes: Uint8Array, start: number): boolean {
  let at = start
  for (let frames = 0; frames < chained; frames += 1) {
    const length = frameLength(bytes, at)
    if (length === undefined) return false
    at += length
  }
  // The last of them is there whole.
  return at <= bytes.length
}

function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes.subarray(at, at + 6)
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined
  if ((second & 0xf6) === 0xf0) {
    const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5)
    return length > 7 ? length : undefined
  }
  return mpegLength((second >> 3) & 3, (second >> 1) & 3, third)
}

/** kbit/s by version (1 or later) and layer, by the number in the header. */
const bitrates: Readonly<Record<string, readonly number[]>> = {
  first1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  first2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  first3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  later1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  later2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  later3: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
/** Hertz by the number in the header, in MPEG 1; halved in 2, quartered in 2.5. */
const rates = [44_100, 48_000, 32_000]
const divisors: Readonly<Record<number, number>> = { 3: 1, 2: 2, 0: 4 }

function mpegLength(version: number, layerBits: number, third: number): number | undefined {
  const divisor = divisors[version]
  const layer = 4 - layerBits
  const rate = rates[(third >> 2) & 3]
  const kbits = bitrates[`${version === 3 ? 'first' : 'later'}${layer}`]?.[third >> 4]
  if (divisor === undefined || rate === undefined || !kbits) return undefined
  const padding = (third >> 1) & 1
  const hertz = rate / divisor
  if (layer === 1) return 4 * (Math.floor((12_000 * kbits) / hertz) + padding)
  const slots = layer === 3 && version !== 3 ? 72_000 : 144_000
  return Math.floor((slots * kbits) / hertz) + padding
}
