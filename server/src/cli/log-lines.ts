import type { Writable } from 'node:stream'

/** Characters that are gathered before they are written: many lines at once cost what one does. */
const gathered = 4096
/** Bytes that may wait for whoever reads the log. */
const mostWaiting = 1024 * 1024

/** Where the lines of the log go. */
export interface LogLines {
  /** Takes a line. */
  write(line: string): void
  /** Writes what was gathered. */
  flush(): void
}

/**
 * Writes the lines of the log without ever waiting for their reader: a process that holds a pipe to this one and stops
 * reading must not stop the server. What does not fit meanwhile is left out, and the log says how many lines.
 * @param out is not written to synchronously, as `process.stderr` is not where it is a pipe
 */
export function logLines(out: Writable, clock: () => number): LogLines {
  let text = ''
  let count = 0
  let leftOut = 0
  // Nobody reads any more.
  out.on('error', () => undefined)

  function flush(): void {
    if (text === '') return
    if (out.writableLength > mostWaiting) leftOut += count
    else {
      if (leftOut > 0) text = `${notice(leftOut)}\n${text}`
      leftOut = 0
      out.write(text)
    }
    text = ''
    count = 0
  }

  const notice = (lines: number): string =>
    JSON.stringify({
      level: 40,
      time: clock(),
      lines,
      msg: 'lines of the log were left out: they were not read',
    })

  return {
    write(line) {
      text += line
      count += 1
      if (text.length >= gathered) flush()
    },
    flush,
  }
}
