import type { Page } from 'playwright-core'
import { type Media, makeMedia } from '../harness/media.ts'
import { allow, openPopup, pressAndClose, signIn } from '../harness/people.ts'
import { choose, fileOf, holdBytes, publish, ready } from '../harness/uploading.ts'
import type { Scene, Stage } from './stage.ts'

const exampleScene = (name: string, show: (page: Page, stage: Stage) => Promise<unknown>): Scene => ({
  name: `example-${name}`,
  show: async (page, stage) => {
    await page.goto(stage.example.origin)
    await page.getByRole('button', { name: 'Log in with Audius' }).waitFor()
    await show(page, stage)
    return page
  },
})

async function logIn(page: Page, { server }: Stage) {
  await page.getByRole('button', { name: 'Log in on the full page' }).click()
  await signIn(page, await server.newPerson())
  await allow(page)
  await page.getByRole('heading', { name: 'Upload a track' }).waitFor()
}

const go = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()

/** A scene of somebody who is logged in and has files to upload. */
const artistScene = (
  name: string,
  show: (page: Page, media: Media, stage: Stage) => Promise<unknown>,
): Scene =>
  exampleScene(name, async (page, stage) => {
    const media = await makeMedia()
    page.context().once('close', () => media.delete())
    await logIn(page, stage)
    await show(page, media, stage)
  })

async function published(page: Page, media: Media) {
  await choose(page, 'audio', media.audio)
  await choose(page, 'cover', media.cover)
  await page.getByLabel('Description').fill('Written on a train between two towns.\n\nHeadphones on.')
  await publish(page)
  await page.locator('.waveform[data-pictured=true]').waitFor()
  await page.locator('article .cover img').waitFor()
}

export const exampleScenes: readonly Scene[] = [
  exampleScene('signed-out', async () => {}),
  exampleScene('logging-in', (page) => openPopup(page)),
  exampleScene('cancelled', async (page) => {
    await pressAndClose(await openPopup(page), 'Cancel')
    await page.getByText('You are not logged in').waitFor()
  }),
  exampleScene('blocked', async (page) => {
    await page.evaluate(() => {
      window.open = () => null
    })
    await page.getByRole('button', { name: 'Log in with Audius' }).click()
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('forged', async (page, { example }) => {
    await page.goto('about:blank')
    await page.goto(`${example.origin}/#code=x&state=y`)
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('checking', async (page, stage) => {
    await logIn(page, stage)
    await page.route(`${stage.server.url}/v1/me`, () => {})
    await page.reload()
    await page.getByText('One moment').waitFor()
  }),
  exampleScene('unreachable', async (page, stage) => {
    await logIn(page, stage)
    await page.route(`${stage.server.url}/**`, (route) => route.abort())
    await page.reload()
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('no-picture', logIn),
  exampleScene('signed-in', async (page, { server }) => {
    await page.getByRole('button', { name: 'Log in on the full page' }).click()
    await signIn(page, server.sample('nova'))
    await allow(page)
    await page.getByRole('img', { name: 'Verified' }).waitFor()
  }),
  artistScene('uploading', async (page, media) => {
    await choose(page, 'cover', media.cover)
    await ready(page, 'cover')
    await holdBytes(page)
    await choose(page, 'audio', media.audio)
    await fileOf(page, 'audio').getByText('262 kB of 1.6 MB').waitFor()
  }),
  artistScene('interrupted', async (page, media) => {
    const hold = await holdBytes(page)
    await choose(page, 'audio', media.audio)
    await hold.held
    await page.reload()
    await page.getByText('It was on its way').waitFor()
  }),
  artistScene('not-audio', async (page, media) => {
    await choose(page, 'audio', media.fake)
    await page.getByRole('alert').waitFor()
  }),
  artistScene('not-published', async (page, media, { server }) => {
    await choose(page, 'audio', media.audio)
    await ready(page, 'audio')
    await page.getByLabel('Genre').selectOption('Jazz')
    await page.route(`${server.url}/v1/tracks`, (route) => route.abort())
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('alert').waitFor()
  }),
  artistScene('track', async (page, media) => {
    await published(page, media)
    await page.getByRole('slider', { name: 'Position' }).fill('14')
    await page.getByRole('button', { name: 'Save to library' }).click()
    await page.getByRole('button', { name: 'Remove from library' }).waitFor()
  }),
  artistScene('track-edited', async (page, media) => {
    await published(page, media)
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Title').waitFor()
  }),
  artistScene('track-deleted', async (page, media) => {
    await published(page, media)
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('dialog').waitFor()
  }),
  artistScene('tracks', async (page, media) => {
    await published(page, media)
    await go(page, 'Upload')
    await choose(page, 'audio', media.audio)
    await page
      .getByLabel('Title')
      .fill('A very long title that nobody would ever read aloud on the radio, or would they')
    await page.getByLabel('Who has the link').check()
    await publish(page)
    await go(page, 'My tracks')
    await page.getByText('Unlisted').waitFor()
  }),
  artistScene('library', async (page, media) => {
    await published(page, media)
    await page.getByRole('button', { name: 'Save to library' }).click()
    await page.getByRole('button', { name: 'Remove from library' }).waitFor()
    await go(page, 'Library')
    await page.getByRole('listitem').waitFor()
  }),
  exampleScene('tracks-empty', async (page, stage) => {
    await logIn(page, stage)
    await go(page, 'My tracks')
    await page.getByText('You have not published').waitFor()
  }),
  exampleScene('library-empty', async (page, stage) => {
    await logIn(page, stage)
    await go(page, 'Library')
    await page.getByText('Your library is empty').waitFor()
  }),
  exampleScene('library-unreachable', async (page, stage) => {
    await logIn(page, stage)
    await page.route(`${stage.server.url}/v1/users/**`, (route) => route.abort())
    await go(page, 'Library')
    await page.getByRole('alert').waitFor()
  }),
  exampleScene('no-track', async (page, stage) => {
    await logIn(page, stage)
    await page.goto(`${stage.example.origin}/#/tracks/nowhere`)
    await page.getByRole('alert').waitFor()
  }),
]
