import { createHash } from 'node:crypto'
import { type Reply, type Request, seeOther } from '../../http/message.ts'
import { readForm } from '../../http/params.ts'
import type { PageDeps } from '../page-deps.ts'
import type { Secret, ShownOnce } from '../views/developers/shown-once.ts'
import { onceCookie, onceCookieName } from './browser.ts'
import type { Member } from './member.ts'

type OnceDeps = Pick<PageDeps, 'sealer' | 'clock' | 'issuer'>

/** How long the page may take to be asked for, in milliseconds. */
const keptFor = 60_000

/**
 * Leads from a form to a page that shows a secret, which travels sealed in a cookie: no address, log or table has it, and
 * reloading or going back sends no form again.
 * @param path of the page
 */
export function showOnce(path: string, { secret, about }: Secret, member: Member, deps: OnceDeps): Reply {
  const name = nameOf(secret)
  const text = [deps.clock() + keptFor, sessionOf(member), path, secret, about].join(' ')
  const sealed = Buffer.from(deps.sealer.seal('shown once', text)).toString('base64url')
  return seeOther(`${path}?shown=${name}`, [
    ...member.cookies,
    onceCookie(name, sealed, keptFor / 1000, deps.issuer),
  ])
}

/** What a form has just led here to show, and the member with the cookie that forgets it. */
export function takeShownOnce(
  path: string,
  member: Member,
  request: Request,
  deps: OnceDeps,
): { readonly shown: ShownOnce; readonly member: Member } {
  const name = readForm(request.query).get('shown')
  if (name === undefined || !/^[\da-f]{16}$/.test(name)) return { shown: null, member }
  const sealed = request.cookies[onceCookieName(name, deps.issuer)]
  if (sealed === undefined || request.method === 'HEAD') return { shown: 'shown before', member }
  const text = deps.sealer.unseal('shown once', Buffer.from(sealed, 'base64url')) ?? ''
  const [, until, session, where, secret, about] = /^(\d+) (\w+) (\S+) (\S+) (.*)$/s.exec(text) ?? []
  const isHere = where === path && session === sessionOf(member) && Number(until) > deps.clock()
  const forgotten = onceCookie(name, '', 0, deps.issuer)
  return {
    shown: isHere && secret !== undefined && about !== undefined ? { secret, about } : 'shown before',
    member: { ...member, cookies: [...member.cookies, forgotten] },
  }
}

// The name tells two secrets apart that are made in two tabs at once, and leads to neither.
const nameOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16)

const sessionOf = ({ session }: Member): string => Buffer.from(session.digest).toString('hex')
