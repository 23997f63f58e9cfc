import { chunk, png } from '@stagedoor/testkit/media'
import sharp, { type Sharp } from 'sharp'
import { cut, made } from './make.ts'

/** A picture to send as a cover, and in which words it is refused where it is. */
export interface Picture {
  readonly name: string
  readonly bytes: () => Buffer | Promise<Buffer>
  readonly refused?: RegExp
}

type Bytes = Picture['bytes']
const taken = (name: string, bytes: Bytes): Picture => ({ name, bytes })
const refused = (name: string, words: RegExp, bytes: Bytes): Picture => ({ name, bytes, refused: words })

/** Twice as wide as high, or the other way round by what a camera says. */
const drawn = (channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width: 400, height: 200, channels, background: { r: 200, g: 80, b: 20, alpha: 0.5 } } })
const mark = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(400)])
const moving = (extension: string, ...args: readonly string[]) =>
  made(extension, '-f', 'lavfi', '-i', 'testsrc=size=64x64:duration=1:rate=5', '-map', '1:v', ...args)
const damaged = /damaged, or has too many pixels/
const named = (kind: string) => new RegExp(`^This is not a picture .* What was sent is ${kind}`)

/** A PNG whose checksums are wrong. */
function withFalseSum(): Buffer {
  const bytes = png(400, 200)
  bytes.writeUInt32BE(7, bytes.length - 16)
  return bytes
}

/** Pictures that are taken, and their like that are not. */
export const pictures: readonly Picture[] = [
  taken('JPEG', () => drawn().jpeg().toBuffer()),
  taken('JPEG, progressive', () => drawn().jpeg({ progressive: true }).toBuffer()),
  taken('JPEG, CMYK', () => drawn().toColourspace('cmyk').jpeg().toBuffer()),
  taken('JPEG, grey', () => drawn().greyscale().jpeg().toBuffer()),
  taken('JPEG, full colour', () => drawn().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer()),
  taken('JPEG, Display P3', () => drawn().withIccProfile('p3').jpeg().toBuffer()),
  ...[2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    taken(`JPEG, orientation ${orientation}`, () => drawn().withMetadata({ orientation }).jpeg().toBuffer()),
  ),
  taken('JPEG with other bytes after it', async () =>
    Buffer.concat([await drawn().jpeg().toBuffer(), Buffer.alloc(5000, 'x')]),
  ),
  taken('PNG', () => drawn().png().toBuffer()),
  taken('PNG, 16 bits', () => drawn().toColourspace('rgb16').png().toBuffer()),
  taken('PNG, see-through', () => drawn(4).png().toBuffer()),
  taken('PNG, palette', () => drawn().png({ palette: true }).toBuffer()),
  taken('PNG, interlaced', () => drawn().png({ progressive: true }).toBuffer()),
  taken('PNG, black and white', () => png(400, 200, { isBilevel: true })),
  taken('PNG of one pixel', () => png(1, 1)),
  taken('PNG of 8,000 by 6,250 pixels', () => png(8000, 6250, { isBilevel: true })),
  taken('PNG, a line of 10,000 pixels', () => png(10_000, 1)),
  taken('PNG with a megabyte of words', () =>
    png(400, 200, { extra: [chunk('tEXt', Buffer.alloc(1_000_000, 'word '))] }),
  ),
  taken('PNG that moves, of which the first picture is kept', () => moving('apng', '-f', 'apng')),
  taken('WebP', () => drawn().webp().toBuffer()),
  taken('WebP, lossless', () => drawn(4).webp({ lossless: true }).toBuffer()),
  taken('AVIF', () => drawn().avif().toBuffer()),
  taken('AVIF, orientation 6', () => drawn().withMetadata({ orientation: 6 }).avif().toBuffer()),
  refused('WebP that moves', /^The picture moves/, () => moving('webp', '-c:v', 'libwebp_anim')),
  refused('GIF that moves', named('a GIF'), () => moving('gif')),
  refused('half of a JPEG', damaged, async () => cut(await drawn().jpeg().toBuffer())),
  refused('half of a PNG', damaged, () => cut(png(400, 200))),
  refused('half of a WebP', damaged, async () => cut(await drawn().webp({ lossless: true }).toBuffer())),
  refused('half of an AVIF', damaged, async () => cut(await drawn().avif().toBuffer())),
  refused('PNG with a false checksum', damaged, withFalseSum),
  refused('PNG of 8,000 by 6,251 pixels', damaged, () => png(8000, 6251, { isBilevel: true })),
  refused('PNG that says it has 60,000 by 60,000 pixels', damaged, () => png(60_000, 60_000, { rows: 1 })),
  refused('JPEG that says it has 65,500 by 65,500 pixels', damaged, async () => {
    const bytes = await drawn().jpeg().toBuffer()
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    bytes.writeUInt16BE(65_500, frame + 5)
    bytes.writeUInt16BE(65_500, frame + 7)
    return bytes
  }),
  refused('HEIC', /^This picture is HEIC.*Save it as JPEG/, () => mark('\0\0\0\x18ftypheic\0\0\0\0mif1heic')),
  refused('SVG', named('an SVG'), () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
  refused('SVG after an XML declaration', named('an XML'), () =>
    Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  ),
  refused('TIFF', named('a TIFF'), () => drawn().tiff().toBuffer()),
  refused('JPEG XL', named('a JPEG XL'), () => mark('\xff\x0a')),
  refused('BMP', named('a BMP'), () =>
    made('bmp', '-f', 'lavfi', '-i', 'color=size=9x9', '-map', '1:v', '-frames:v', '1'),
  ),
  refused('PDF', named('a PDF'), () => mark('%PDF-1.7\n')),
  refused('a web page', named('a web page'), () => Buffer.from('<!doctype html><title>Cover</title>')),
  refused('an MP3', /^This is not a picture/, () => made('mp3')),
  refused('zeros', /^This is not a picture/, () => Buffer.alloc(100_000)),
]
