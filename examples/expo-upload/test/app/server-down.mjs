export default async function serverDown() {
  await globalThis.server.stop()
}
