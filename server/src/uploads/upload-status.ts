import { refusedUpload } from '../errors/upload.ts'
import { json, type Reply, type Request } from '../http/message.ts'
import type { Store } from '../store/contract/store.ts'
import type { Uploads } from './start.ts'
import { healthJson, uploadJson } from './upload-json.ts'

interface StatusDeps {
  readonly store: Store
  readonly issuer: string
  readonly uploads: Uploads
}

/** `GET /uploads/{id}`: what has become of an upload, for whoever knows its id. */
export async function uploadStatus(request: Request, { store }: StatusDeps): Promise<Reply> {
  const upload = await store.findUpload(request.path('id'))
  if (upload === undefined) throw refusedUpload.notFound()
  return json(200, uploadJson(upload))
}

/** `GET /health_check`: where clients of the hosted service look for a place to upload to. */
export async function health(_request: Request, { issuer, uploads }: StatusDeps): Promise<Reply> {
  return json(200, healthJson(issuer, await uploads.hasSpace()))
}
