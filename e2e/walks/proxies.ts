import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from './substitutions.ts'
import type { Run, Terminal } from './terminal.ts'

const root = new URL('../../', import.meta.url)

/** Puts Caddy in front of the server, as its file on the page says; it gives itself a certificate here. */
export function startCaddy(site: string, terminal: Terminal): Run {
  const file = join(terminal.folder, 'Caddyfile')
  // Nothing of this machine is trusted or listened on for it.
  writeFileSync(file, `{\n\tskip_install_trust\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`)
  return terminal.paste(`caddy run --adapter caddyfile --config ${file}`, { XDG_DATA_HOME: terminal.folder })
}

/** Puts nginx in front of the server, as deploy/nginx.conf says, with a certificate of the tests. */
export function startNginx(place: Place, terminal: Terminal): Run {
  const { folder, serverPort, publicPort } = place
  const file = join(folder, 'nginx.conf')
  const certificate = new URL('server/test/mail/localhost.pem', root).pathname
  const names = {
    'listen 443 ssl http2': `listen ${publicPort} ssl http2`,
    'login.example.com;': 'localhost;',
    '/etc/ssl/login.example.com.pem': certificate,
    '/etc/ssl/private/login.example.com.key': certificate,
    '127.0.0.1:4401': `127.0.0.1:${serverPort}`,
    '127.0.0.1:4402': `127.0.0.1:${serverPort}`,
  }
  const site = Object.entries(names).reduce(
    (text, [name, own]) => text.replaceAll(name, own),
    readFileSync(new URL('deploy/nginx.conf', root), 'utf8'),
  )
  writeFileSync(
    file,
    `pid ${folder}/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${site}\n}\n`,
  )
  return terminal.paste(`nginx -e stderr -c ${file} -g 'daemon off;'`)
}

/** Where Caddy keeps the certificate of the authority that it made for this machine. */
export const caddyAuthority = ({ folder }: Place): string =>
  join(folder, 'caddy/pki/authorities/local/root.crt')
