import type { Upload } from '../../store/contract/store.ts'
import { Unusable } from './rejected-file.ts'
import type { FileType } from './signatures.ts'
import type { Making } from './workspace.ts'

const maxPixels = 50_000_000
/** Seconds for one size. */
const timeoutSeconds = 20
const squares = [
  { name: '150x150.jpg', width: 150, height: 150 },
  { name: '480x480.jpg', width: 480, height: 480 },
  { name: '1000x1000.jpg', width: 1000, height: 1000 },
] as const
const backdrops = [
  { name: '640x.jpg', width: 640, height: 640 },
  { name: '2000x.jpg', width: 2000, height: 2000 },
] as const

/** Makes an image's sizes as JPEG without metadata. @throws Unusable when it cannot be decoded, is too large or moves */
export async function makeImage(
  upload: Upload,
  { format, type }: FileType & { kind: 'image' },
  making: Making,
): Promise<void> {
  // Loaded for the first picture: a server that has just started answers without it.
  const { default: sharp } = await import('sharp')
  const cid = await making.name()
  await making.hold({ role: 'image', cid, type, bytes: upload.length })
  const isSquare = upload.template === 'img_square'
  const sizes = isSquare ? squares : backdrops
  for (const [index, { name, width, height }] of sizes.entries()) {
    const target = making.path(name)
    try {
      const image = sharp(making.file, { limitInputPixels: maxPixels, failOn: 'error', pages: 1 })
      const seen = await image.metadata()
      if (seen.format !== format) throw new Unusable('other_picture')
      if ((seen.pages ?? 1) > 1) throw new Unusable('moving_picture')
      await image
        .autoOrient()
        .resize(
          isSquare
            ? { width, height, fit: 'cover' }
            : { width, height, fit: 'inside', withoutEnlargement: true },
        )
        .flatten({ background: '#fff' })
        .jpeg({ quality: 85, mozjpeg: true })
        .timeout({ seconds: timeoutSeconds })
        .toFile(target)
    } catch (error) {
      making.stopped.throwIfAborted()
      if (error instanceof Unusable) throw error
      if (format === 'heif' && type !== 'image/avif') throw new Unusable('heic')
      throw new Unusable('damaged_picture')
    }
    await making.put(cid, name, target)
    making.report((index + 1) / sizes.length)
  }
}
