import { describe, expect, test } from 'vitest'
import { heldFormPage } from '../../src/pages/views/pending-form.tsx'
import { everyMemberPage } from './member-pages.ts'
import { page } from './pages.ts'

const attack = `"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(1) style="x">`
const memberScript = '<script src="/assets/member.js" defer></script>'
const passkeyScript = '<script type="module" src="/assets/passkey.js"></script>'
const pages = Object.entries(everyMemberPage(attack))

describe.each(pages)('the %s page', (name, html) => {
  test('runs our own scripts alone, and escapes whatever others wrote', () => {
    expect(html.split(memberScript)).toHaveLength(2)
    expect(html.split(passkeyScript)).toHaveLength(name === 'security' ? 2 : 1)
    const rest = html.replace(memberScript, '').replace(passkeyScript, '')
    expect(rest).not.toMatch(/<script|<img src=x/i)
    expect(rest.match(/<textarea/g)?.length).toBe(rest.match(/<\/textarea/g)?.length)
    // What is left outside quoted attribute values holds no attribute that the text tried to open.
    expect(rest.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(?:on\w+|style)=/i)
  })

  test('is one whole document that links only our own files, under a title of ours', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en">.*<\/html>$/s)
    expect(html.match(/<link[^>]*href="[^"]*"/g)?.map((tag) => /href="([^"]*)"/.exec(tag)?.[1])).toEqual([
      '/favicon.svg',
      '/assets/stagedoor.css',
      '/assets/member.css',
    ])
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(/<title>(.*?)<\/title>/.exec(html)?.[1]).not.toContain('alert')
  })
})

test('the page that keeps a form keeps it as text, under names and values that anybody made up', () => {
  const fields = [
    [attack, attack],
    ['csrf', attack],
  ] as const
  for (const [signedInAs, isOld] of [
    [null, false],
    [attack, false],
    [attack, true],
  ] as const) {
    const action = '/account/profile'
    const html = heldFormPage({ page, action, fields, without: 'passwords', signedInAs, isOld })
    expect(html).not.toMatch(/<script|<img src=x/i)
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/i)
  }
})

test.each(Object.entries(everyMemberPage('-', 'Left\u202Eright')))(
  'names that reorder reach nothing around them on the %s page',
  (_, html) => {
    const around = html.replaceAll(/<bdi>[^<]*<\/bdi>|<input type="hidden"[^>]*>/g, '')
    expect(around.match(/[^>]*\u202E[^<]*/g) ?? []).toEqual([])
  },
)
