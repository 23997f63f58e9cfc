import type { Readable } from 'node:stream'

/** What a CID's bytes are kept as: the audio itself and how it looks, or an image of some size. */
export type ContentName = 'audio' | 'waveform.json' | `${(typeof imageSizes)[number]}.jpg`

const imageSizes = ['150x150', '480x480', '1000x1000', '640x', '2000x'] as const

/** Everything that a CID may have. */
export const contentNames: readonly ContentName[] = [
  'audio',
  'waveform.json',
  ...imageSizes.map((size) => `${size}.jpg` as const),
]

/** The image that a file name of a URL stands for. */
export const imageName = (file: string): ContentName | undefined =>
  imageSizes.map((size) => `${size}.jpg` as const).find((name) => name === file)

/** Bytes by the CID of what they were made from. What is in it is whole and on the disk, and never changes. */
export interface ContentStore {
  /** Takes a file over; does nothing when the same is there already. */
  put(cid: string, name: ContentName, file: string): Promise<void>
  /** The size in bytes; `undefined` when there is none. */
  size(cid: string, name: ContentName): Promise<number | undefined>
  /** Reads the bytes from `first` to `last`, both included. */
  read(cid: string, name: ContentName, first: number, last: number): Readable
  /** Deletes all of a CID unless `isHeld`, which is asked when nothing can be put under it. */
  remove(cid: string, isHeld: () => Promise<boolean>): Promise<void>
  /** Every CID there is anything of. */
  list(): Promise<readonly string[]>
}
