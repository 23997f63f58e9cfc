import { type Static, Type } from 'typebox'
import { nameFault } from '../apps/name-fault.ts'
import { FieldError, refused } from '../errors/api.ts'
import type { Instant, Profile, Store } from '../store/contract/store.ts'
import { cid, lines, optional, shortText } from './fields.ts'
import { fileFaults } from './file-faults.ts'
import { readBody } from './parameters.ts'

/** What one may say of oneself, whoever sends it: an app, or one's own page. */
export const profileFields = {
  name: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 256,
      description: '1 to 64 printable characters, with no space at the ends',
    }),
  ),
  bio: optional(lines(256)),
  location: optional(shortText(100)),
  website: optional(
    Type.String({
      pattern: String.raw`^(?:https?://[^\s\p{C}"<>\\^\x60{|}]{1,190})?$`,
      description: 'a URL that begins with https:// or http://, up to 190 characters',
    }),
  ),
  profile_picture: optional(cid('an image uploaded with the template img_square')),
  cover_photo: optional(cid('an image uploaded with the template img_backdrop')),
}

const Body = Type.Object(profileFields)

/** A profile as it is sent; what is left out stays as it is. */
export type ProfileBody = Static<typeof Body>

/** Judges a new profile. @throws FieldError naming every field that is wrong */
export function readProfile(body: unknown): ProfileBody {
  const profile = readBody(Body, body)
  checkName(profile)
  return profile
}

function checkName({ name }: ProfileBody): void {
  const broken = name === undefined ? undefined : nameFault(name)
  if (broken === undefined) return
  const message = `name must be 1 to 64 printable characters: this one ${broken}.`
  throw new FieldError([{ field: 'name', message }])
}

/**
 * Changes a user's profile.
 * @throws FieldError for a name that is none, or a picture of no upload that the user may claim, OAuthError 404 when there is no such user
 */
export async function changeProfile(
  userId: number,
  body: ProfileBody,
  { store, clock }: { readonly store: Store; readonly clock: () => Instant },
): Promise<Profile> {
  checkName(body)
  const change = await store.updateProfile(
    userId,
    {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.bio !== undefined && { bio: body.bio || null }),
      ...(body.location !== undefined && { location: body.location || null }),
      ...(body.website !== undefined && { website: body.website || null }),
      ...(body.profile_picture !== undefined && { profilePicture: body.profile_picture }),
      ...(body.cover_photo !== undefined && { coverPhoto: body.cover_photo }),
    },
    clock(),
  )
  if (change.outcome === 'refused') throw fileFaults(change.faults)
  return there(await store.findProfile(userId))
}

/** The user who was looked for. @throws OAuthError 404 */
export function there(user: Profile | undefined): Profile {
  if (user === undefined) throw refused.noSuch('user')
  return user
}
