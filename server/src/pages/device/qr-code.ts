import type { Reply, Request } from '../../http/message.ts'
import { userCodeOfQuery } from './device.ts'

/** `GET /device/qr.svg`: the address of a code as a picture, for a device that cannot draw one. It says nothing of whether the code is known. */
export async function qrCode(request: Request, { issuer }: { readonly issuer: string }): Promise<Reply> {
  const text = `${issuer}/device?user_code=${userCodeOfQuery(request)}`
  // Few need it, so it is loaded with the first picture.
  const { renderSVG } = await import('uqr')
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    },
    body: renderSVG(text, { border: 4 }),
  }
}
