/**
 * Imported by a process that must not outlive the one that started it: npx and npm die of SIGHUP and SIGKILL without a
 * word to what they started, and some shells between them die of SIGTERM so.
 */
const parent = process.ppid
const watch = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(watch)
  process.kill(process.pid, 'SIGTERM')
}, 250).unref()
