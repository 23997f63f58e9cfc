import { BrokenArchive } from '../../errors/archive.ts'
import type { Reply } from '../../http/message.ts'
import { mostBytes, sizeInWords } from '../../limits.ts'
import { type Member, memberFileForm } from '../session/member.ts'
import type { AccountDeps } from './account-deps.ts'
import { dataForm } from './data.ts'
import { done } from './done.ts'

/** An archive may be as large as this, and take as long. */
const rules = { most: mostBytes.archive, files: 1, timeoutMs: 6 * 60 * 60_000 }

/** `POST /account/data/import`: takes the archive that another server, or this one, gave out. */
export const importArchive = memberFileForm<AccountDeps>(async (member, form, _request, deps) => {
  const { user } = member.session
  if (deps.mailQueue !== null && user.emailStatus !== 'confirmed')
    return refused(member, 'Confirm your email first: who publishes music here can be reached.', deps)
  const file = form.file('archive')
  if (file === undefined) return refused(member, 'Choose the archive that you downloaded, a .tar file.', deps)
  if (file.isTooLarge)
    return refused(member, `The archive is larger than ${sizeInWords(mostBytes.archive)}.`, deps)
  try {
    if (await deps.imports.begin(user, file.path)) return done('/account/data', 'import')
    return refused(member, 'Another archive of yours is being read in. Wait until it is done.', deps)
  } catch (error) {
    if (error instanceof BrokenArchive) return refused(member, error.message, deps)
    throw error
  }
}, rules)

const refused = (member: Member, archive: string, deps: AccountDeps): Promise<Reply> =>
  dataForm(422, member, { mistakes: { archive } }, deps)
