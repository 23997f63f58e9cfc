const { host } = globalThis

export const AppState = { currentState: 'active', addEventListener: () => ({ remove() {} }) }
export const Linking = {
  getInitialURL: async () => null,
  addEventListener: (_type, listener) => {
    host.openLink = (url) => listener({ url })
    return { remove() {} }
  },
}
