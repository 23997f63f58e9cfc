import { exclusive, read, write } from '../verb-entry.ts'
import * as deliveries from './deliveries.ts'
import * as mails from './mails.ts'
import * as webhooks from './webhooks.ts'

/** The verbs of what waits to be sent: messages to apps, and mail. */
export const outboxVerbs = {
  setWebhook: write(webhooks.setWebhook),
  moveWebhook: write(webhooks.moveWebhook),
  deleteWebhook: write(webhooks.deleteWebhook),
  findWebhook: read(webhooks.findWebhook),
  findLogoutUri: read(webhooks.findLogoutUri),
  setLogoutUri: write(webhooks.setLogoutUri),
  listDeliveries: read(deliveries.listDeliveries),
  queueTest: write(deliveries.queueTest),
  replayDelivery: write(deliveries.replayDelivery),
  claimDelivery: write(deliveries.claimDelivery),
  settleDelivery: write(deliveries.settleDelivery),
  queueMails: exclusive(mails.queueMails),
  claimMail: write(mails.claimMail),
  settleMail: write(mails.settleMail),
  countMails: read(mails.countMails),
}
