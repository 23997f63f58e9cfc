import { type SmtpServer, startSmtpServer } from '@stagedoor/testkit/smtp-server'
import { onTestFinished } from 'vitest'

/** A mail server of one test. */
export async function smtpServer(...manners: Parameters<typeof startSmtpServer>): Promise<SmtpServer> {
  const server = await startSmtpServer(...manners)
  onTestFinished(server.stop)
  return server
}
