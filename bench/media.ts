import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { files, type MediaFile } from './media/files.ts'
import { decoded, decodedBytes, made } from './media/make.ts'
import { type Picture, pictures } from './media/pictures.ts'
import { openPlayer } from './media/player.ts'
import { publisher } from './media/publisher.ts'
import { lineOf, type Row, refusal, tableOf } from './media/row.ts'
import { type Title, titles } from './media/titles.ts'

/** Seconds by which the length told may differ from what is decoded. */
const tolerance = 0.1
const document = new URL('../docs/media.md', import.meta.url)
const server = await publisher()
const player = await openPlayer()
const { call, url } = server

const publish = (fields: object) => call('POST', '/v1/tracks', { title: 'Song', genre: 'Test', ...fields })

async function audioRow({ name, bytes: make, refused }: MediaFile): Promise<Row> {
  const bytes = make()
  const upload = await server.upload(bytes, 'audio')
  if (upload['status'] === 'error') return refusal(name, bytes.length, String(upload['error']), refused)
  const cid = String(Object(upload['results'])['320'])
  const { body } = await publish({ track_cid: cid })
  const told = Number(Object(Object(upload['probe'])['format'])['duration'])
  const seconds = {
    decoded: await decodedBytes(bytes),
    served: await decoded(server.stored(cid)),
    played: await player.play(`${url}/content/${cid}`),
  }
  await call('DELETE', `/v1/tracks/${body['track_id']}`)
  const isRight =
    refused === undefined && Object.values(seconds).every((one) => Math.abs(told - one) <= tolerance)
  const others = Object.entries(seconds).map(([how, one]) => `${one.toFixed(2)} s ${how}`)
  return {
    name,
    bytes: bytes.length,
    outcome: [`${told.toFixed(2)} s told`, ...others].join(' · '),
    isRight,
  }
}

const sound = await server.upload(made('mp3'), 'audio')
const soundCid = String(Object(sound['results'])['320'])

async function pictureRow({ name, bytes: make, refused }: Picture): Promise<Row> {
  const bytes = await make()
  const upload = await server.upload(bytes, 'img_square')
  if (upload['status'] === 'error') return refusal(name, bytes.length, String(upload['error']), refused)
  const image = String(upload['orig_file_cid'])
  const { body } = await publish({ track_cid: soundCid, cover_art_sizes: image })
  const shown: string[] = []
  for (const size of ['150x150', '480x480', '1000x1000']) {
    const response = await fetch(`${url}/content/${image}/${size}.jpg`)
    const { format, width, height } = await sharp(await response.arrayBuffer()).metadata()
    shown.push(`${format} ${width}x${height}`)
  }
  await call('DELETE', `/v1/tracks/${body['track_id']}`)
  const outcome = shown.join(' · ')
  const isRight = refused === undefined && outcome === 'jpeg 150x150 · jpeg 480x480 · jpeg 1000x1000'
  return { name, bytes: bytes.length, outcome, isRight }
}

async function titleRow({ name, title, refused }: Title): Promise<Row> {
  const bytes = Buffer.byteLength(title)
  const { status, body } = await publish({ track_cid: soundCid, title })
  if (status !== 200) return refusal(name, bytes, String(body['detail']), refused)
  const id = String(body['track_id'])
  const read = await call('GET', `/v1/tracks/${id}`)
  const query = encodeURIComponent(Array.from(title).slice(0, 100).join(''))
  const found = await call('GET', `/v1/tracks/search?query=${query}`)
  const isFound = Array.from(Object(found.body['data'])).some((track) => Object(track).id === id)
  const isSame = Object(read.body['data']).title === title
  await call('DELETE', `/v1/tracks/${id}`)
  const outcome = `${isSame ? 'the same' : 'another'} when read · ${isFound ? 'found by itself' : 'not found'}`
  return { name, bytes, outcome, isRight: refused === undefined && isSame && isFound }
}

async function rowsOf<T>(all: readonly T[], rowOf: (one: T) => Promise<Row>): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const one of all) {
    const row = await rowOf(one)
    rows.push(row)
    console.log(lineOf(row))
  }
  return rows
}

const rows = await (async () => {
  try {
    return {
      titles: await rowsOf(titles, titleRow),
      pictures: await rowsOf(pictures, pictureRow),
      audio: await rowsOf(files, audioRow),
    }
  } finally {
    await player.close()
    await server.end()
  }
})()

const text = `# Files

What becomes of ${rows.audio.length} files of sound, ${rows.pictures.length} covers and ${rows.titles.length} titles that are made for it,
sent by an app as its users would: published, or refused with the reason. This page is made by \`npm run media -w bench -- --write\`.

## Sound

A length is what the API tells; beside it are the seconds that ffmpeg decodes of the file, and of the stream that is served, and
those that Chromium says it has once it plays it. They differ by ${tolerance} s at most.

${tableOf(rows.audio)}

## Covers

${tableOf(rows.pictures)}

## Titles

A title that is taken is read back letter by letter, and found by a search for it.

${tableOf(rows.titles)}
`
if (process.argv.includes('--write')) writeFileSync(document, text)
const all = [...rows.audio, ...rows.pictures, ...rows.titles]
const wrong = all.filter(({ isRight }) => !isRight)
console.log(`${all.length - wrong.length} of ${all.length} as they should be`)
for (const row of wrong) console.log(lineOf(row))
process.exitCode = wrong.length === 0 ? 0 : 1
