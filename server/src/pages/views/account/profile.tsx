import { Field, Mistakes } from '../form.tsx'
import type { EmailStatus, Page } from '../page.ts'
import { Verified } from '../person.tsx'
import { PictureField } from '../picture-field.tsx'
import { accountLayout } from './account-layout.tsx'

/** What the form holds. */
export interface ProfileValues {
  readonly name: string
  readonly bio: string
  readonly location: string
  readonly website: string
  /** The CID of a new picture that was made already, and is saved with the rest. */
  readonly keptPicture: string | null
  readonly keptBanner: string | null
  readonly removesPicture: boolean
  readonly removesBanner: boolean
}

/** What is wrong with each field, in words for the person. */
export interface ProfileMistakes {
  readonly profile_picture?: string
  readonly cover_photo?: string
  readonly name?: string
  readonly bio?: string
  readonly location?: string
  readonly website?: string
}

interface Profile {
  readonly page: Page
  readonly handle: string
  readonly isVerified: boolean
  readonly emailStatus: EmailStatus
  /** URL of the picture in 150x150. */
  readonly picture: string | null
  /** URL of the banner, 640 wide. */
  readonly banner: string | null
  readonly values: ProfileValues
  readonly mistakes: ProfileMistakes
  readonly done: string | null
  readonly csrf: string
}

const order = ['cover_photo', 'profile_picture', 'name', 'bio', 'location', 'website'] as const

/** The page on which a person says who they are. */
export function profilePage({
  page,
  handle,
  isVerified,
  emailStatus,
  picture,
  banner,
  values,
  mistakes,
  done,
  csrf,
}: Profile) {
  const wrong = order.flatMap((name) => (mistakes[name] ? [[name, mistakes[name]] as const] : []))
  return accountLayout({
    page,
    tab: 'Profile',
    done,
    hasMistakes: wrong.length > 0,
    children: (
      <>
        <Mistakes mistakes={wrong} />
        <EmailWarning status={emailStatus} sendsMail={page.sendsMail} />
        <p class="quiet">This is what others see, and what every app that you allow can read.</p>
        <form method="post" action="/account/profile" enctype="multipart/form-data">
          <input type="hidden" name="csrf" value={csrf} />
          <PictureField
            name="cover_photo"
            label="Banner"
            shape="banner"
            url={banner}
            kept={values.keptBanner}
            isRemoved={values.removesBanner}
            hint="Shown whole, up to 2000 pixels wide."
            error={mistakes.cover_photo}
          />
          <PictureField
            name="profile_picture"
            label="Picture"
            shape="square"
            url={picture}
            kept={values.keptPicture}
            isRemoved={values.removesPicture}
            hint="Cut to a square around its middle."
            error={mistakes.profile_picture}
          />
          <div class="field">
            <h2>Handle</h2>
            <p>
              <bdi>@{handle}</bdi> {isVerified && <Verified />}
            </p>
            <p class="quiet">
              Your handle is your address here: 3 to 30 letters a–z, digits, _ and . in any case. It stays as
              it is, so that links to you go on working.
              {isVerified && ' The badge says that this account has been verified.'}
            </p>
          </div>
          <Field
            name="name"
            label="Name"
            kind="words"
            autocomplete="name"
            value={values.name}
            error={mistakes.name}
          />
          <Field
            name="bio"
            label="Bio"
            kind="lines"
            value={values.bio}
            hint="Up to 256 characters."
            error={mistakes.bio}
            isOptional
          />
          <Field
            name="location"
            label="Location"
            kind="words"
            autocomplete="off"
            value={values.location}
            error={mistakes.location}
            isOptional
          />
          <Field
            name="website"
            label="Website"
            kind="url"
            autocomplete="url"
            value={values.website}
            hint="It begins with https:// or http://."
            error={mistakes.website}
            isOptional
          />
          <div class="stack">
            <button type="submit" class="primary">
              Save profile
            </button>
          </div>
        </form>
      </>
    ),
  })
}

function EmailWarning({ status, sendsMail }: { status: EmailStatus; sendsMail: boolean }) {
  if (status === 'confirmed' || (status === 'unconfirmed' && !sendsMail)) return null
  return (
    <p class="warning">
      {status === 'lost'
        ? 'Another account has confirmed the email that you gave, so it is no longer yours here. '
        : 'Your email is not confirmed yet. '}
      <a href="/account/security#email">{status === 'lost' ? 'Give another email' : 'Confirm it'}</a>
    </p>
  )
}
