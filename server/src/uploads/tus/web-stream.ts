import { finished, type Readable } from 'node:stream'

/**
 * A body as a stream of the web. Nothing is read before it is asked for, and the connection outlives a body that is not
 * wanted. Chunks go on as they came: an iterator would join those that wait, and leave garbage behind.
 */
export function webStream(stream: Readable): ReadableStream<unknown> {
  let stop: () => void = () => undefined
  return new ReadableStream(
    {
      start: (controller) => {
        const take = (chunk: unknown) => {
          stream.pause()
          controller.enqueue(chunk)
        }
        const forget = finished(stream, { writable: false }, (error) => {
          if (error) controller.error(error)
          else controller.close()
        })
        stop = () => {
          forget()
          stream.off('data', take)
        }
        stream.on('data', take).pause()
      },
      pull: () => void stream.resume(),
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}
