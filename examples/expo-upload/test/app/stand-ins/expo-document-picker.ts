import { device } from '../device'

/** The system's file picker, in which the person takes what the test has laid ready, or leaves. */
export async function getDocumentAsync() {
  const asset = device.picks.shift()
  return asset ? { canceled: false, assets: [asset] } : { canceled: true, assets: null }
}
