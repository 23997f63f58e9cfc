const ReactNativeEnvironment = require('@react-native/jest-preset/jest/react-native-env.js')

/** React Native's own, with the network of Node: Expo's `fetch` is native, and answers nothing here. */
module.exports = class extends (ReactNativeEnvironment.default ?? ReactNativeEnvironment) {
  constructor(...args) {
    super(...args)
    this.global.nodeFetch = globalThis.fetch
  }
}
