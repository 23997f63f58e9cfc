import { unknownSettings } from './known-settings.ts'
import { at, documentsOf, entriesAt, listAt, type Tree } from './yaml.ts'

const versions: Readonly<Record<string, string>> = {
  StatefulSet: 'apps/v1',
  Service: 'v1',
  Ingress: 'networking.k8s.io/v1',
}
/** What the server answers without being asked for anything. */
const probes = ['/readyz', '/healthz']

const nameOf = (document: Tree) => `${at(document, 'kind')} ${at(document, 'metadata', 'name')}`
const ofKind = (kind: string, documents: readonly Tree[]) =>
  documents.filter((document) => at(document, 'kind') === kind)
const text = (value: Tree) => JSON.stringify(value)

function nodeFaults(set: Tree, documents: readonly Tree[]): readonly string[] {
  const name = nameOf(set)
  const faults: string[] = []
  const pod = at(set, 'spec', 'template')
  if (text(at(set, 'spec', 'selector', 'matchLabels')) !== text(at(pod, 'metadata', 'labels')))
    faults.push(`${name} selects other pods than it makes`)
  const services = ofKind('Service', documents).map((service) => at(service, 'metadata', 'name'))
  if (!services.includes(at(set, 'spec', 'serviceName')))
    faults.push(`${name} names a service that is not there`)
  const volumes = [
    ...listAt(pod, 'spec', 'volumes').map((volume) => at(volume, 'name')),
    ...listAt(set, 'spec', 'volumeClaimTemplates').map((claim) => at(claim, 'metadata', 'name')),
  ]
  for (const container of listAt(pod, 'spec', 'containers')) {
    for (const mount of listAt(container, 'volumeMounts'))
      if (!volumes.includes(at(mount, 'name')))
        faults.push(`${name} mounts ${at(mount, 'name')}, which is not there`)
    const ports = listAt(container, 'ports').map((port) => at(port, 'name'))
    for (const probe of ['readinessProbe', 'livenessProbe']) {
      const { path, port } = Object.fromEntries(entriesAt(container, probe, 'httpGet'))
      if (!probes.includes(String(path)) || !ports.includes(port))
        faults.push(`${name} has a ${probe} that asks nothing`)
    }
    const variables = listAt(container, 'env')
    faults.push(
      ...unknownSettings(
        variables.map((variable) => String(at(variable, 'name'))),
        name,
      ),
    )
    for (const variable of variables)
      if (typeof at(variable, 'value') !== 'string')
        faults.push(`${name} sets ${at(variable, 'name')} to no string`)
    if (at(container, 'securityContext', 'readOnlyRootFilesystem') !== true)
      faults.push(`${name} may write to its image`)
  }
  if (at(pod, 'spec', 'securityContext', 'runAsNonRoot') !== true) faults.push(`${name} may run as root`)
  return faults
}

function serviceFaults(service: Tree, documents: readonly Tree[]): readonly string[] {
  const pods = ofKind('StatefulSet', documents).map((set) => at(set, 'spec', 'template'))
  const selector = entriesAt(service, 'spec', 'selector')
  const selected = pods.filter((pod) =>
    selector.every(([label, value]) => at(pod, 'metadata', 'labels', label) === value),
  )
  if (selector.length === 0 || selected.length === 0) return [`${nameOf(service)} selects no pod`]
  const ports = selected
    .flatMap((pod) => listAt(pod, 'spec', 'containers'))
    .flatMap((container) => listAt(container, 'ports'))
    .flatMap((port) => [at(port, 'name'), at(port, 'containerPort')])
  const targets = listAt(service, 'spec', 'ports').map((port) => at(port, 'targetPort') ?? at(port, 'port'))
  return targets.every((target) => ports.includes(target))
    ? []
    : [`${nameOf(service)} leads to a port that is not there`]
}

function ingressFaults(ingress: Tree, documents: readonly Tree[]): readonly string[] {
  const backends = listAt(ingress, 'spec', 'rules')
    .flatMap((rule) => listAt(rule, 'http', 'paths'))
    .map((path) => at(path, 'backend', 'service'))
  const leads = (backend: Tree) =>
    ofKind('Service', documents).some(
      (service) =>
        at(service, 'metadata', 'name') === at(backend, 'name') &&
        listAt(service, 'spec', 'ports').some((port) => at(port, 'name') === at(backend, 'port', 'name')),
    )
  return backends.length > 0 && backends.every(leads)
    ? []
    : [`${nameOf(ingress)} leads to a service that is not there`]
}

const faultsOfKind: Readonly<Record<string, (one: Tree, all: readonly Tree[]) => readonly string[]>> = {
  StatefulSet: nodeFaults,
  Service: serviceFaults,
  Ingress: ingressFaults,
}

/** What is wrong with what a chart came to, a sentence each. */
export function kubernetesFaults(rendered: string): readonly string[] {
  const documents = documentsOf(rendered)
  return documents.flatMap((document) => {
    const kind = String(at(document, 'kind'))
    if (at(document, 'apiVersion') !== versions[kind])
      return [`${nameOf(document)} is of another version of the API`]
    return faultsOfKind[kind]?.(document, documents) ?? []
  })
}
