import { settings } from '../../server/src/settings.ts'

/** What the AWS SDK and Node read, and this server does not. */
const others = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'NODE_ENV']

/** A sentence for each name of a setting that the server does not have. */
export const unknownSettings = (names: readonly string[], where: string): readonly string[] =>
  names
    .filter((name) => !(name in settings) && !others.includes(name))
    .map((name) => `${where} sets ${name}, which the server does not read`)
