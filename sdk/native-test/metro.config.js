const path = require('node:path')
const { getDefaultConfig } = require('expo/metro-config')

const config = getDefaultConfig(__dirname)

// As in React Native 0.71, which knows root fields only.
if (process.env.PACKAGE_EXPORTS === 'off') config.resolver.unstable_enablePackageExports = false

// The VM has no native modules: it gets fakes in place of their JavaScript side. One that is not named is missing.
const fakes = process.env.FAKES?.split(',')
if (fakes) {
  config.resolver.resolveRequest = (context, name, platform) => {
    const fake = path.join(__dirname, 'fakes', `${name.replace('/', '-')}.js`)
    if (/^(react-native|expo-web-browser|@react-native-async-storage.async-storage)$/.test(name)) {
      if (!fakes.includes(name)) throw new Error(`${name} is not installed`)
      return { type: 'sourceFile', filePath: fake }
    }
    return context.resolveRequest(context, name, platform)
  }
}

module.exports = config
