import { Avatar } from './avatar.tsx'
import { Name } from './name.tsx'
import type { Client } from './page.ts'

/** An app's name, set apart from the sentence around it, and in quotes while nobody vouches for it. */
export function ClientName({ client }: { client: Client }) {
  return client.isRegistered ? (
    <Name text={client.name} />
  ) : (
    <>
      “<Name text={client.name} />”
    </>
  )
}

/** One line that says which app sent the person here. */
export function ClientLine({ client }: { client: Client }) {
  return (
    <div class="line">
      <Avatar url={client.logo} name={client.name} kind="app" />
      <div>
        <p>
          to continue to{' '}
          <strong>
            <ClientName client={client} />
          </strong>
        </p>
        <p class="quiet">
          <bdi>{client.redirectHost}</bdi>
        </p>
      </div>
    </div>
  )
}
