import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadFile, UploadJob } from '../../store/contract/store.ts'
import { cidOf } from '../content/cid.ts'
import type { ContentName } from '../content/store.ts'
import type { UploadDeps } from '../deps.ts'

/** One job on one upload: where its file is, and where what is made of it goes. */
export interface Making {
  readonly file: string
  /** Aborted when the server stops or the job is another's by now. */
  readonly stopped: AbortSignal
  /** Where to make something of this name. */
  path(name: string): string
  /** The CID of the upload's own bytes. */
  name(): Promise<string>
  /** Records a file of the upload, so that no sweep takes its bytes. */
  hold(file: UploadFile): Promise<void>
  put(cid: string, name: ContentName, file: string): Promise<void>
  /** Holds and puts a file that was made; answers its CID. */
  keep(role: 'original' | 'stream' | 'preview', type: string, file: string): Promise<string>
  /** Progress, from 0 to 1. */
  report(progress: number): void
}

/** The job was taken away; what is made of it goes nowhere. */
export class JobLost extends Error {
  override readonly name = 'JobLost'
}

/** Where something of a job lies, until it ends. */
export const placeOf = ({ id, attempt }: UploadJob, name: string, { workshop }: UploadDeps): string =>
  join(workshop, `${id}.${attempt}.${name}`)

export function startMaking(
  job: UploadJob,
  file: string,
  report: (progress: number) => void,
  stopped: AbortSignal,
  deps: UploadDeps,
): Making {
  const { store, content } = deps
  const making: Making = {
    file,
    stopped,
    report,
    path: (name) => placeOf(job, name, deps),
    name: () => cidOf(file),
    hold: async (file) => {
      stopped.throwIfAborted()
      if (!(await store.addFile(job, file))) throw new JobLost()
    },
    put: (cid, name, made) => content.put(cid, name, made),
    keep: async (role, type, made) => {
      const cid = await cidOf(made)
      const { size: bytes } = await stat(made)
      await making.hold({ role, cid, type, bytes })
      await making.put(cid, 'audio', made)
      return cid
    },
  }
  return making
}
