import { expect, test } from '../harness/example-app.ts'
import { choose, publish, ready } from '../harness/uploading.ts'

test('finds a track by a misspelt title, reposts it, puts it into a playlist and says something of it', async ({
  app,
  media,
}) => {
  await choose(app, 'audio', media.audio)
  await ready(app, 'audio')
  await app.getByLabel('Title').fill('Harbour lanterns')
  await publish(app)
  await app.getByRole('heading', { name: 'Harbour lanterns' }).waitFor()

  await app.getByRole('link', { name: 'Search' }).click()
  await app.getByLabel('Title, artist or tag').fill('lantrens harbuor')
  await app.getByRole('link', { name: /Harbour lanterns/ }).click()

  await app.getByRole('button', { name: 'Repost', exact: true }).click()
  await app.getByRole('button', { name: 'Undo repost' }).waitFor()
  await app.getByLabel('New playlist').fill('Night trains')
  await app.getByRole('button', { name: 'Add to playlist' }).click()
  await app.getByText('It is in “Night trains” now.').waitFor()
  await app.getByLabel('Say something').fill('Lovely <b>lights</b>')
  await app.getByRole('button', { name: 'Send' }).click()
  const comment = app.getByRole('listitem').filter({ hasText: 'Lovely <b>lights</b>' })
  await comment.waitFor()

  await app.reload()
  await app.getByRole('button', { name: 'Undo repost' }).click()
  await app.getByRole('button', { name: 'Repost', exact: true }).waitFor()
  await app.getByLabel('Playlist', { exact: true }).waitFor()
  expect(await app.getByLabel('Playlist', { exact: true }).locator('option').allTextContents()).toEqual([
    'Night trains',
    'A new one',
  ])
  await comment.waitFor()
})
