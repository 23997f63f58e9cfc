import { isLoopback } from '../http/url.ts'
import type { App } from '../protocol/authorization-request.ts'

/** Whether somebody develops here, and so is told in the console what is wrong. */
export const isDebugged = ({ debug, issuer }: App): boolean => debug ?? isLoopback(issuer)
