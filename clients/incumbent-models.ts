import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { AppSchema } from '../server/src/api/app.ts'
import { CommentSchema } from '../server/src/api/comment-schema.ts'
import { PlaylistEntrySchema, PlaylistSchema } from '../server/src/api/playlist-schema.ts'
import { TrackSchema } from '../server/src/api/track-schema.ts'
import { UserSchema } from '../server/src/api/user-schema.ts'

/* What the incumbent's models say that no answer lacks: an app that reads one of these fields stops where it is missing. */

const models = {
  Track: TrackSchema,
  User: UserSchema,
  Playlist: PlaylistSchema,
  PlaylistAddedTimestamp: PlaylistEntrySchema,
  Comment: CommentSchema,
  DeveloperApp: AppSchema,
  Access: TrackSchema.properties.access,
  FieldVisibility: TrackSchema.properties.field_visibility,
}

const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

function neededBy(major, model) {
  const path = `incumbent/node_modules/audius-${major}/dist/sdk/api/generated/default/models/${model}.d.ts`
  const text = readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8')
  const [, body = ''] = new RegExp(`interface ${model} \\{(.*?)\\n\\}`, 's').exec(text) ?? []
  return [...body.matchAll(/^ {4}(\w+): /gm)].map(([, name]) => snakeCase(name))
}

test.each([15, 16])('answers have every field that the models of @audius/sdk %i need', (major) => {
  const missing = Object.entries(models).flatMap(([model, { properties }]) => {
    const needed = neededBy(major, model)
    expect(needed.length, model).toBeGreaterThan(1)
    return needed.filter((name) => !Object.hasOwn(properties, name)).map((name) => `${model}.${name}`)
  })
  expect(missing).toEqual([])
})
