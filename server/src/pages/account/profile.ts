import { changeProfile, type ProfileBody, readProfile } from '../../api/profile.ts'
import { backdrop, squareImage } from '../../api/user.ts'
import { nameFault } from '../../apps/name-fault.ts'
import { FieldError } from '../../errors/api.ts'
import type { Reply } from '../../http/message.ts'
import type { User } from '../../store/contract/store.ts'
import { takePicture } from '../forms/picture.ts'
import { pageOf, renderMember } from '../render.ts'
import { type Member, memberFileForm, memberPage } from '../session/member.ts'
import { type ProfileMistakes, type ProfileValues, profilePage } from '../views/account/profile.tsx'
import type { AccountDeps } from './account-deps.ts'
import { done, whatWasDone } from './done.ts'

/** `GET /account`: how others see one, to be changed. */
export const showProfile = memberPage<AccountDeps>((member, request, deps) =>
  profileForm(200, member, valuesOf(member.session.user), {}, whatWasDone(request), deps),
)

/** `POST /account/profile`: changes it by the rules of the API. */
export const saveProfile = memberFileForm<AccountDeps>(async (member, form, _request, deps) => {
  const { user } = member.session
  const picture = await takePicture(form, 'profile_picture', 'img_square', user.id, deps)
  const banner = await takePicture(form, 'cover_photo', 'img_backdrop', user.id, deps)
  const typed: ProfileValues = {
    name: form.get('name') ?? '',
    bio: form.get('bio') ?? '',
    location: form.get('location') ?? '',
    website: form.get('website') ?? '',
    keptPicture: picture.cid,
    keptBanner: banner.cid,
    removesPicture: picture.isRemoved,
    removesBanner: banner.isRemoved,
  }
  const body = bodyOf(typed, picture.change, banner.change)
  const mistakes = {
    ...(picture.mistake !== undefined && { profile_picture: picture.mistake }),
    ...(banner.mistake !== undefined && { cover_photo: banner.mistake }),
    ...mistakesIn(() => readProfile(body)),
    ...nameMistake(body.name ?? ''),
  }
  if (Object.keys(mistakes).length === 0) {
    const refused = await refusal(() => changeProfile(user.id, readProfile(body), deps))
    if (refused === null) return done('/account', 'saved')
    // A picture that was kept for a second try can have gone meanwhile; what was typed has not.
    return profileForm(422, member, { ...typed, keptPicture: null, keptBanner: null }, refused, null, deps)
  }
  return profileForm(422, member, typed, mistakes, null, deps)
})

function bodyOf(
  typed: ProfileValues,
  picture: string | null | undefined,
  banner: string | null | undefined,
): ProfileBody {
  return {
    name: typed.name.trim(),
    bio: typed.bio,
    location: typed.location.trim(),
    website: typed.website.trim(),
    ...(picture !== undefined && { profile_picture: picture }),
    ...(banner !== undefined && { cover_photo: banner }),
  }
}

// The rules are the API's; a person is told of them in words of their own.
const words: Readonly<Record<keyof ProfileBody, string>> = {
  name: 'Enter a name of 1 to 64 characters.',
  bio: 'Use up to 256 characters for your bio.',
  location: 'Use up to 100 characters on one line for your location.',
  website: 'Enter a web address that begins with https:// or http://, up to 190 characters.',
  profile_picture: 'Choose your picture again.',
  cover_photo: 'Choose your banner again.',
}

function nameMistake(name: string): ProfileMistakes {
  const broken = nameFault(name)
  return broken === undefined ? {} : { name: `${words.name.slice(0, -1)}: this one ${broken}.` }
}

function mistakesIn(check: () => unknown): ProfileMistakes {
  try {
    check()
    return {}
  } catch (error) {
    return mistakesOf(error)
  }
}

async function refusal(change: () => Promise<unknown>): Promise<ProfileMistakes | null> {
  try {
    await change()
    return null
  } catch (error) {
    return mistakesOf(error)
  }
}

function mistakesOf(error: unknown): ProfileMistakes {
  if (!(error instanceof FieldError)) throw error
  const wrong = new Set(error.faults.map(({ field }) => field))
  return Object.fromEntries(Object.entries(words).filter(([field]) => wrong.has(field)))
}

const valuesOf = ({ name, bio, location, website }: User): ProfileValues => ({
  name,
  bio: bio ?? '',
  location: location ?? '',
  website: website ?? '',
  keptPicture: null,
  keptBanner: null,
  removesPicture: false,
  removesBanner: false,
})

function profileForm(
  status: number,
  { session, csrf, cookies }: Member,
  values: ProfileValues,
  mistakes: ProfileMistakes,
  wasDone: string | null,
  deps: AccountDeps,
): Reply {
  const { handle, isVerified, emailStatus, profilePicture, coverPhoto } = session.user
  const page = profilePage({
    page: pageOf(deps),
    handle,
    isVerified,
    emailStatus,
    picture: profilePicture && squareImage(profilePicture, deps.issuer)['150x150'],
    banner: coverPhoto && backdrop(coverPhoto, deps.issuer)['640x'],
    values,
    mistakes,
    done: wasDone,
    csrf,
  })
  return renderMember(status, page, cookies)
}
