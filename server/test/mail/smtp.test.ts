import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { Mail } from '../../src/mail/mailer.ts'
import { smtpMailer } from '../../src/mail/smtp.ts'
import { smtpServer } from './smtp-server.ts'

const mail: Mail = {
  to: 'ada@example.com',
  subject: 'A subject',
  text: 'A first line.\n\nA https://link.example/?a=b\n',
}
const from = 'Stagedoor <no-reply@login.example>'
const mailer = (url: string) => smtpMailer({ url: new URL(url), from })
const both = { offers: ['STARTTLS', 'AUTH PLAIN'] }
const login = '\0robin@host\0smtp pass-phrase'
const credentials = 'robin%40host:smtp%20pass-phrase'

test('a mail arrives whole, from whom it is said to be', async () => {
  const server = await smtpServer()
  await mailer(`smtp://localhost:${server.port}`).send(mail)
  const [one, ...more] = server.received
  expect(more).toEqual([])
  expect(one).toMatchObject({ from: 'no-reply@login.example', to: ['ada@example.com'], isEncrypted: false })
  expect(one?.data).toMatch(/^From: Stagedoor <no-reply@login\.example>$/m)
  expect(one?.data).toMatch(/^To: ada@example\.com$/m)
  expect(one?.data).toMatch(/^Subject: A subject$/m)
  expect(one?.data).toContain('\n\nA first line.\n\nA https://link.example/?a=b\n')
})

test('with STARTTLS nothing but the greeting is said before the connection is encrypted', async () => {
  const server = await smtpServer(both)
  await mailer(`smtp://${credentials}@localhost:${server.port}`).send(mail)
  expect(server.received).toMatchObject([{ isEncrypted: true, login }])
  expect(server.commands.slice(0, 4).map((line) => line.split(' ')[0])).toEqual([
    'EHLO',
    'STARTTLS',
    'EHLO',
    'AUTH',
  ])
})

test('smtps is encrypted from the first byte', async () => {
  const server = await smtpServer({ isSecure: true, offers: ['AUTH PLAIN'] })
  await mailer(`smtps://${credentials}@localhost:${server.port}`).send(mail)
  expect(server.received).toMatchObject([{ isEncrypted: true, login }])
})

// 0.0.0.0 reaches this machine, and is none of its names.
test.each([
  ['that has STARTTLS taken out of its offers', { offers: ['AUTH PLAIN'] }, 'smtp'],
  ['whose certificate nobody vouches for', both, 'smtp'],
  ['whose certificate nobody vouches for, by smtps', { ...both, isSecure: true }, 'smtps'],
])('another machine %s learns no password and gets no mail', async (_, manners, protocol) => {
  const server = await smtpServer(manners)
  await expect(mailer(`${protocol}://${credentials}@0.0.0.0:${server.port}`).send(mail)).rejects.toThrow()
  expect(server.received).toEqual([])
  expect(server.commands.join('\n')).not.toMatch(/AUTH|MAIL|RCPT/)
})

test.each([
  'ada@example.com\r\nBcc: eve@evil.example',
  'ada@example.com>\r\nRCPT TO:<eve@evil.example',
  'ada@example.com,eve@evil.example',
  'eve@evil.example <ada@example.com>',
])('the address %j reaches nobody else, and adds no header', async (to) => {
  const server = await smtpServer()
  await mailer(`smtp://localhost:${server.port}`)
    .send({ ...mail, to })
    .catch(() => {})
  for (const { to, data } of server.received) {
    expect(to).toHaveLength(1)
    expect(to).not.toContain('eve@evil.example')
    expect(data).not.toMatch(/^Bcc:/im)
  }
  expect(server.commands.join('\n')).not.toMatch(/^RCPT TO:<eve@evil\.example>$/m)
})

test('the settings are both there or neither, and what is wrong is said without the password', () => {
  const read = (settings: object) =>
    readConfig({ PUBLIC_URL: 'https://a.example', DATA_DIR: '/a', TRUSTED_PROXIES: 'none', ...settings })
  expect(read({}).smtp).toBeNull()
  const MAIL_FROM = 'no-reply@login.example'
  const SMTP_URL = 'smtps://robin:smtp-pass-phrase@mail.example:465'
  expect(read({ SMTP_URL, MAIL_FROM }).smtp).toEqual({ url: new URL(SMTP_URL), from: MAIL_FROM })
  expect(() => read({ SMTP_URL })).toThrow(/^MAIL_FROM is not set, and SMTP_URL is\. Set it to an address/)
  expect(() => read({ MAIL_FROM })).toThrow(/^SMTP_URL is not set, and MAIL_FROM is\. Set it to smtps:/)
  for (const wrong of [
    'mail.example',
    'https://a:pass-phrase@b',
    'smtp://',
    'smtps://robin@mail.example',
    `${SMTP_URL}/x`,
    `${SMTP_URL}?x=y`,
    'smtps://robin:%zz-pass-phrase@mail.example',
  ]) {
    const attempt = () => read({ SMTP_URL: wrong, MAIL_FROM })
    expect(attempt, wrong).toThrow(/^SMTP_URL is not such a URL/)
    expect(attempt, wrong).not.toThrow(/pass-phrase/)
  }
  for (const wrong of ['nobody', 'a@b.example, c@d.example', 'A <a@b.example>\r\nBcc: c@d.example', '<>'])
    expect(() => read({ SMTP_URL, MAIL_FROM: wrong }), wrong).toThrow(/^MAIL_FROM is /)
})
