/** What a login does not need: one file to load, when any of it is first used. */
export { abortable } from './abort.ts'
export { authorized } from './authorized.ts'
export { getUser } from './current-user.ts'
export { fetchFrom } from './fetch.ts'
export { tracksOf } from './tracks.ts'
export { usersOf } from './users.ts'
export { watch } from './watch.ts'
