import { Server } from '@tus/server'
import { OAuthError, route } from '../../errors/oauth.ts'
import { refusedUpload } from '../../errors/upload.ts'
import type { Reply, Request } from '../../http/message.ts'
import { mediaTypeOf } from '../../http/params.ts'
import type { Upload } from '../../store/contract/store.ts'
import type { UploadDeps } from '../deps.ts'
import { checkRoom } from '../room.ts'
import { forget } from '../sweep.ts'
import { readChecksum } from './checksum.ts'
import { reserve } from './create-upload.ts'
import { bytesType, headersOf, optionsOfTus, tusHeaders, version } from './headers.ts'
import { checkSender, findSender } from './uploader.ts'
import { webStream } from './web-stream.ts'

/** Milliseconds after which a request whose lock is asked for is ended. */
const lockDrainTimeout = 1

/**
 * The routes of tus 1.0: creation, creation-with-upload, expiration, termination and checksum.
 * @param onQueued is told when an upload is whole
 * @returns what answers a request; it rejects with an OAuthError
 */
export function openTus(deps: UploadDeps, onQueued: () => void): (request: Request) => Promise<Reply> {
  const { store, incoming, locks, clock, issuer, rules } = deps
  const server = new Server({
    path: '/files',
    datastore: incoming,
    locker: locks,
    lockDrainTimeout,
    namingFunction: (request) => request.headers.get('upload-id') ?? '',
    getFileIdFromRequest: (_request, id) => id,
    generateUrl: (_request, { id }) => `${issuer}/files/${id}`,
    onResponseError: (_request, error) => {
      // Ours go on as they are; its own have a status.
      if (!('status_code' in error)) throw error
      return undefined
    },
    onUploadFinish: async (_request, { id }) => {
      await queue(id)
      return {}
    },
  })

  async function queue(id: string): Promise<void> {
    if (await store.finishUpload(id)) return onQueued()
    if ((await store.findUpload(id)) !== undefined) return onQueued()
    await incoming.delete(id)
    throw refusedUpload.gone()
  }

  async function create(request: Request): Promise<Reply> {
    const upload = await reserve(request, await findSender(request, deps), deps)
    try {
      return expiring(await delegate('POST', request, upload.id), upload)
    } catch (error) {
      // Nobody has been told its id.
      await store.deleteUpload(upload.id)
      await incoming.delete(upload.id)
      throw error
    }
  }

  async function head(request: Request): Promise<Reply> {
    const upload = await find(request)
    if (upload.status !== 'receiving') return offsetReply(200, upload)
    await locks.free(upload.id)
    const reply = await delegate('HEAD', request, upload.id)
    // The last request may have ended between the bytes and the word that they are all there.
    if (await incoming.isWhole(upload)) await queue(upload.id)
    return expiring(reply, upload)
  }

  async function patch(request: Request): Promise<Reply> {
    const upload = await find(request)
    if (mediaTypeOf(request.header('content-type')) !== bytesType) throw refusedUpload.contentType()
    const offset = request.header('upload-offset') ?? ''
    if (!/^(?:0|[1-9]\d{0,15})$/.test(offset)) throw refusedUpload.offset()
    if (upload.status !== 'receiving') {
      if (Number(offset) !== upload.length) throw refusedUpload.otherOffset()
      return offsetReply(204, upload)
    }
    await checkRoom(0, deps)
    return expiring(await delegate('PATCH', request, upload.id), upload)
  }

  async function terminate(request: Request): Promise<Reply> {
    const { id } = await find(request)
    await locks.free(id)
    const deletion = await store.deleteUpload(id)
    if (deletion.outcome === 'claimed') throw refusedUpload.claimed()
    await incoming.delete(id)
    if (deletion.outcome === 'deleted') await forget(deletion.unreferenced, deps)
    return { status: 204, headers: {}, body: '' }
  }

  async function find(request: Request): Promise<Upload> {
    const sender = await findSender(request, deps)
    const id = request.path('id')
    const upload = /^[A-Za-z0-9_-]{22,64}$/.test(id) ? await store.findUpload(id) : undefined
    if (upload === undefined) throw refusedUpload.notFound()
    checkSender(sender, upload)
    if (upload.claimedAt === null && upload.expiresAt <= clock()) throw refusedUpload.gone()
    if (upload.node !== undefined && upload.node !== deps.node) throw refusedUpload.elsewhere()
    return upload
  }

  // Only what has been checked here goes on, as a request of our own making.
  async function delegate(method: 'POST' | 'HEAD' | 'PATCH', request: Request, id: string): Promise<Reply> {
    const isCreation = method === 'POST'
    const headers = headersOf(request, isCreation)
    if (isCreation) headers.set('upload-id', id)
    const checksum = readChecksum(request.header('upload-checksum'))
    const made = new globalThis.Request(`${issuer}/files${isCreation ? '' : `/${id}`}`, {
      method,
      headers,
      ...(method !== 'HEAD' && { body: webStream(request.stream), duplex: 'half' }),
    })
    const answer = await incoming.expecting(checksum, () => server.handleWeb(made))
    if (answer.status >= 400) throw refusal(answer.status)
    const kept = ['location', 'upload-offset', 'upload-length', 'upload-metadata', 'connection']
    return {
      status: answer.status,
      headers: Object.fromEntries([...answer.headers].filter(([name]) => kept.includes(name))),
      body: '',
    }
  }

  const verbs = new Map([
    ['POST', create],
    ['HEAD', head],
    ['PATCH', patch],
    ['DELETE', terminate],
  ])
  return async (request) => {
    if (request.method === 'OPTIONS') return optionsOfTus(request, rules.maxBytes)
    try {
      const method = methodOf(request)
      if (request.header('tus-resumable') !== version) throw refusedUpload.version()
      const verb = verbs.get(method)
      if (verb === undefined) throw route.notFound()
      const reply = await verb(request)
      return { ...reply, headers: { ...tusHeaders, ...reply.headers } }
    } catch (error) {
      throw error instanceof OAuthError ? error.with({ headers: tusHeaders }) : error
    }
  }
}

const ofUpload = ['HEAD', 'PATCH', 'DELETE']

/**
 * The method that a sender means: where proxies let neither PATCH nor DELETE through, it comes as a POST that names it in a
 * header (tus 1.0, X-HTTP-Method-Override). Only the address of an upload is asked so.
 */
function methodOf(request: Request): string {
  if (request.method !== 'POST' || request.path('id') === '') return request.method
  const method = request.header('x-http-method-override')?.trim().toUpperCase() ?? ''
  if (!ofUpload.includes(method)) throw route.method([...ofUpload, 'OPTIONS'].join(', '))
  return method
}

function offsetReply(status: number, { length, filename, template }: Upload): Reply {
  const encoded = Buffer.from(filename).toString('base64')
  const headers = {
    'upload-offset': String(length),
    'upload-length': String(length),
    'upload-metadata': `filename ${encoded},template ${Buffer.from(template).toString('base64')}`,
  }
  return { status, headers, body: '' }
}

function expiring(reply: Reply, { expiresAt }: { readonly expiresAt: number }): Reply {
  return { ...reply, headers: { ...reply.headers, 'upload-expires': new Date(expiresAt).toUTCString() } }
}

const refusals = new Map([
  [400, refusedUpload.aborted],
  [404, refusedUpload.notFound],
  [409, refusedUpload.otherOffset],
  [410, refusedUpload.gone],
  [413, refusedUpload.tooLong],
  [423, refusedUpload.locked],
])

function refusal(status: number): OAuthError {
  return refusals.get(status)?.() ?? route.unexpected().with({ reason: `tus answered ${status}` })
}
