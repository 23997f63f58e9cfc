import { isStagedoorError } from '@stagedoor/sdk'
import { useEffect, useRef, useState } from 'react'
import { remembered } from './remembered.ts'

/** How far a file has come. */
export type FileState<Result> =
  | { readonly phase: 'empty' }
  /** It was under way when the page went away. */
  | { readonly phase: 'interrupted'; readonly file: FileFacts }
  | {
      readonly phase: 'sending'
      readonly file: FileFacts
      readonly loaded: number
      readonly isPaused: boolean
    }
  /** Its bytes have arrived; the server makes of them what is served. */
  | { readonly phase: 'processing'; readonly file: FileFacts; readonly share: number }
  | { readonly phase: 'done'; readonly file: FileFacts; readonly result: Result }
  | { readonly phase: 'failed'; readonly file: FileFacts; readonly problem: unknown }

export interface FileFacts {
  readonly name: string
  /** Bytes. */
  readonly size: number
}

/** An upload of the SDK. */
interface Upload<Result> {
  start(): Promise<Result>
  abort(shouldTerminate?: boolean): void | Promise<void>
  pause(): void
  resume(): void
}

interface Progress {
  readonly loaded: number
  readonly transcode?: number | undefined
}

export type CreateUpload<Result> = (file: File, onProgress: (progress: Progress) => void) => Upload<Result>

/** A place for one file, which is sent as soon as it is chosen. */
export interface FileUpload<Result> {
  readonly state: FileState<Result>
  /** The file itself, unless it was chosen before a reload. */
  readonly file: File | null
  /** Sends a file. After an interruption, the same file goes on where the server stands. */
  choose(file: File): void
  pause(): void
  resume(): void
  /** Ends it, and removes its bytes from the server. */
  cancel(): void
  /** Empties the place, and leaves what was sent alone. */
  clear(): void
  /** What came of it, once it is done; undefined when it failed or was cancelled, or there is no file. */
  finished(): Promise<Result | undefined>
}

interface Running<Result> {
  readonly upload: Upload<Result>
  readonly outcome: Promise<Result | undefined>
}

interface Kept<Result> {
  readonly file: FileFacts
  readonly result?: Result
}

/**
 * Sends one file at a time.
 *
 * @param key Where a tab remembers what was under way.
 */
export function useFileUpload<Result>(key: string, create: CreateUpload<Result>): FileUpload<Result> {
  const [state, setState] = useState<FileState<Result>>(() => recall(key))
  const [chosen, setChosen] = useState<File | null>(null)
  const running = useRef<Running<Result>>(null)
  const keep = (kept: Kept<Result> | null) => remembered.write(key, kept)

  // Who leaves finds it interrupted when they are back.
  useEffect(() => () => void running.current?.upload.abort(), [])

  function choose(chosenFile: File) {
    running.current?.upload.abort(true)
    const file: FileFacts = { name: chosenFile.name, size: chosenFile.size }
    const upload = create(chosenFile, ({ loaded, transcode }) => {
      if (running.current?.upload !== upload) return
      if (transcode !== undefined) setState({ phase: 'processing', file, share: transcode })
      else setState((shown) => ({ phase: 'sending', file, loaded, isPaused: isPaused(shown) }))
    })
    keep({ file })
    setChosen(chosenFile)
    setState({ phase: 'sending', file, loaded: 0, isPaused: false })
    running.current = { upload, outcome: send(upload, file) }
  }

  async function send(upload: Upload<Result>, file: FileFacts): Promise<Result | undefined> {
    try {
      const result = await upload.start()
      keep({ file, result })
      setState({ phase: 'done', file, result })
      return result
    } catch (problem) {
      const isOurs = isStagedoorError(problem)
      if (isOurs && problem.cancelled) return undefined
      // What may yet succeed is offered again after a reload, too.
      if (!isOurs || !problem.retryable) keep(null)
      setState({ phase: 'failed', file, problem })
      return undefined
    }
  }

  function clear() {
    running.current = null
    keep(null)
    setChosen(null)
    setState({ phase: 'empty' })
  }

  return {
    state,
    file: chosen,
    choose,
    pause() {
      running.current?.upload.pause()
      setState((shown) => (shown.phase === 'sending' ? { ...shown, isPaused: true } : shown))
    },
    resume() {
      running.current?.upload.resume()
      setState((shown) => (shown.phase === 'sending' ? { ...shown, isPaused: false } : shown))
    },
    cancel() {
      running.current?.upload.abort(true)
      clear()
    },
    clear,
    finished: async () => (state.phase === 'done' ? state.result : running.current?.outcome),
  }
}

const isPaused = (shown: FileState<unknown>) => shown.phase === 'sending' && shown.isPaused

function recall<Result>(key: string): FileState<Result> {
  const kept = remembered.read<Kept<Result>>(key)
  if (!kept) return { phase: 'empty' }
  const { file, result } = kept
  return result === undefined ? { phase: 'interrupted', file } : { phase: 'done', file, result }
}
