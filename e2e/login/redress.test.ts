import { describe } from 'vitest'
import { reach, signIn } from '../harness/people.ts'
import { authorization } from '../harness/server.ts'
import { expect, test } from '../harness.ts'

describe('The pages of the server, against a site that wants a person’s click', () => {
  test('show nothing in a frame (AZ-6)', async ({ page, bare, server, person }) => {
    const { url } = authorization(server, {
      redirect_uri: `${bare.origin}/plain`,
      app_name: 'A frame',
      scope: 'read',
    })
    await page.goto(url)
    await signIn(page, person)
    await page.getByRole('button', { name: 'Allow' }).waitFor()
    await page.goto(`${bare.origin}/plain`)
    await page.evaluate(async (src) => {
      const frame = document.createElement('iframe')
      frame.src = src
      const load = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await load
    }, url)
    const [, frame] = page.frames()
    expect(frame?.url()).toBe('chrome-error://chromewebdata/')
    expect(await frame?.getByRole('button').count()).toBe(0)
  })

  test('take no click on Allow as they appear, and then one (AZ-7)', async ({
    page,
    bare,
    server,
    person,
  }) => {
    const { url } = authorization(server, { redirect_uri: `${bare.origin}/plain` })
    await page.goto(url)
    await signIn(page, person)
    const button = page.getByRole('button', { name: 'Allow' })
    const takesClicks = (at: 'start' | 'end') =>
      button.evaluate((element, moment) => {
        // It begins once more: on a busy machine it may have ended by now.
        element.style.animation = 'none'
        element.getBoundingClientRect()
        element.style.animation = ''
        for (const animation of element.getAnimations()) {
          animation.pause()
          animation.currentTime = moment === 'start' ? 0 : 500
        }
        element.scrollIntoView()
        const { x, y, width, height } = element.getBoundingClientRect()
        return document.elementFromPoint(x + width / 2, y + height / 2) === element
      }, at)
    expect(await takesClicks('start')).toBe(false)
    expect(await takesClicks('end')).toBe(true)
    await button.click()
    await reach(page, `${bare.origin}/plain#code=*`)
  })

  test('show Allow only where all that it allows has been in sight', async ({
    page,
    bare,
    server,
    person,
  }) => {
    await page.setViewportSize({ width: 375, height: 667 })
    const { url } = authorization(server, { redirect_uri: `${bare.origin}/plain`, scope: 'write' })
    await page.goto(url)
    await signIn(page, person)
    const button = page.getByRole('button', { name: 'Allow' })
    await button.waitFor()
    const covered = await button.evaluate((element) => {
      const bottom = (of: Element) => of.getBoundingClientRect().bottom
      const lists = Array.from(document.querySelectorAll('li'), bottom)
      return { allow: element.getBoundingClientRect().top, lists: Math.max(...lists) }
    })
    expect(covered.allow).toBeGreaterThan(covered.lists)
    expect(covered.allow).toBeGreaterThan(667)
  })
})
