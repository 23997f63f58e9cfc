/**
 * Imported by a process that must not outlive the one that started it: npx and npm die of SIGHUP and SIGKILL without a
 * word to what they started, and some shells between them die of SIGTERM so. STAGEDOOR_ENDS_WITH names another process
 * that must not be outlived, however many stand between.
 */
const parent = process.ppid
const other = Number(process.env['STAGEDOOR_ENDS_WITH'])
const watch = setInterval(() => {
  if (process.ppid === parent && !(other > 0 && hasEnded(other))) return
  clearInterval(watch)
  process.kill(process.pid, 'SIGTERM')
}, 250).unref()

/** @param {number} pid */
function hasEnded(pid) {
  try {
    return !process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
