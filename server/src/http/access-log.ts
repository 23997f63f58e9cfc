/** As much of an upload's id as the log has: enough to join its lines, too little to send to it or delete it. */
export const loggedId = (id: string): string => (id.length > 8 ? `${id.slice(0, 8)}…` : id)

/** The path of a request's address as the log has it: without the query, and without the whole id of an upload. */
export function loggedPath(url: string): string {
  const at = url.indexOf('?')
  const path = at < 0 ? url : url.slice(0, at)
  const [, before, id = ''] = /^(.*?\/(?:files|uploads)\/)(.+)$/i.exec(path) ?? []
  return before === undefined ? path : before + loggedId(id)
}
