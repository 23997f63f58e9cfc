/** What an operator has in the place of the documentation's names. */
export interface Place {
  readonly folder: string
  readonly serverPort: number
  readonly publicPort: number
  readonly mailPort: number
  readonly apiKey: string
}

/** A text of the documentation with the names, ports and folders of one machine. */
export function onThisMachine(
  text: string,
  { folder, serverPort, publicPort, mailPort, apiKey }: Place,
): string {
  const names = {
    'smtp://mail.example.com:587': `smtp://127.0.0.1:${mailPort}`,
    'MAIL_FROM=login@example.com': 'MAIL_FROM=login@mail.example',
    'login.example.com': `localhost:${publicPort}`,
    '/etc/stagedoor.env': `${folder}/stagedoor.env`,
    '/var/lib/stagedoor': `${folder}/data`,
    '/backups/': `${folder}/backups/`,
    '4400': String(serverPort),
    API_KEY: apiKey,
  }
  return Object.entries(names).reduce((filled, [name, own]) => filled.replaceAll(name, own), text)
}
