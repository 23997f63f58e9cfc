/** What a login does not need: one file to load, when any of it is first used. */
export { abortable } from './abort.ts'
export { fetchFrom } from './fetch.ts'
export { getUser } from './resources.ts'
export { watch } from './watch.ts'
