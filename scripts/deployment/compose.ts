import { unknownSettings } from './known-settings.ts'
import { at, documentsOf, entriesAt, listAt, type Tree } from './yaml.ts'

/** Keys of a service that this installation has a use for: a mistyped one would be left out in silence. */
const known = [
  'image',
  'build',
  'restart',
  'read_only',
  'tmpfs',
  'cap_drop',
  'security_opt',
  'stop_grace_period',
].concat('depends_on', 'environment', 'healthcheck', 'volumes', 'ports')

/** Named volumes that a service mounts: what begins with a dot is a file of the repository. */
const mountsOf = (service: Tree) =>
  listAt(service, 'volumes')
    .map((mount) => String(mount).split(':')[0] ?? '')
    .filter((source) => !source.startsWith('.'))

function serviceFaults(name: string, service: Tree, file: Tree): readonly string[] {
  const faults: string[] = []
  const services = entriesAt(file, 'services').map(([other]) => other)
  const volumes = entriesAt(file, 'volumes').map(([volume]) => volume)
  for (const [key] of entriesAt(service))
    if (!known.includes(key)) faults.push(`${name} has an unknown ${key}`)
  for (const volume of mountsOf(service))
    if (!volumes.includes(volume)) faults.push(`${name} mounts ${volume}, which is not declared`)
  for (const [other, state] of entriesAt(service, 'depends_on')) {
    if (!services.includes(other)) faults.push(`${name} waits for ${other}, which is not there`)
    if (
      at(state, 'condition') === 'service_healthy' &&
      at(file, 'services', other, 'healthcheck') === undefined
    )
      faults.push(`${name} waits for the health of ${other}, which nothing looks at`)
  }
  const image = String(at(service, 'image'))
  const isBuilt = at(service, 'build') !== undefined
  if (!isBuilt && !/:(?!latest)[^:]+$/.test(image)) faults.push(`${name} has no version in ${image}`)
  if (isBuilt)
    faults.push(
      ...unknownSettings(
        entriesAt(service, 'environment').map(([setting]) => setting),
        name,
      ),
    )
  return faults
}

/** What is wrong with a file of Docker Compose, a sentence each. */
export function composeFaults(text: string): readonly string[] {
  const [file] = documentsOf(text)
  const services = entriesAt(file, 'services')
  const faults = services.flatMap(([name, service]) => serviceFaults(name, service, file))
  const mounted = services.flatMap(([, service]) => mountsOf(service))
  for (const [volume] of entriesAt(file, 'volumes'))
    if (!mounted.includes(volume)) faults.push(`nothing mounts ${volume}`)
  return faults
}
