const { host } = globalThis

export async function openAuthSessionAsync(url, redirectUri) {
  host.saved = [...host.disk.keys()].length
  const [, state] = /[?&]state=([^&]+)/.exec(url)
  return { type: 'success', url: `${redirectUri}#code=abc&state=${state}` }
}

export function dismissAuthSession() {}
