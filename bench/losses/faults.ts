import type { ServerResponse } from 'node:http'
import type { Fault } from './fault-proxy.ts'

const answer = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
) => {
  response.writeHead(status, {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'retry-after',
    connection: 'close',
    'content-type': type,
    ...headers,
  })
  response.end(body)
}

const page = '<!doctype html><title>Wi-Fi</title><p>Accept the terms to go on.'

/** The server never hears of the call. */
export const neverArrives: Fault = ({ cut }) => cut()

/** The server has done what was asked, and nobody hears of it. */
export const answerIsLost: Fault = async ({ process, cut }) => {
  await process()
  cut()
}

export const busy: Fault = ({ response }) => answer(response, 503, 'text/plain', 'Service Unavailable')

export const tooMany: Fault = ({ response }) =>
  answer(response, 429, 'application/json', '{"error":"slow_down"}', { 'retry-after': '2' })

export const portal: Fault = ({ response }) => answer(response, 200, 'text/html', page)

export const firewall: Fault = ({ response }) => answer(response, 403, 'text/html', page)

/** The answer comes this much later, in milliseconds. */
export const late =
  (by: number): Fault =>
  async ({ process }) => {
    const pass = await process()
    setTimeout(pass, by)
  }

/** The server has done what was asked, and answers nothing until the connection ends. */
export const answerHangs: Fault = async ({ process }) => {
  await process()
}
