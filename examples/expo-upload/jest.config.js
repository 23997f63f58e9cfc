const standIns = '<rootDir>/test/app/stand-ins'

const common = {
  testMatch: ['<rootDir>/test/app/*.test.tsx'],
  testEnvironment: '<rootDir>/test/app/environment.js',
  setupFilesAfterEnv: [`${standIns}/native-network.ts`],
  // What is written as ES modules, the SDK among it.
  transformIgnorePatterns: [
    '/node_modules/(?!(react-native|@react-native|@react-native-async-storage|expo|@expo|@stagedoor))',
    '/node_modules/@react-native/babel-preset/',
  ],
  moduleNameMapper: {
    '^(expo-web-browser|expo-document-picker|expo-audio)$': `${standIns}/$1.ts`,
    '^@react-native-async-storage/async-storage$': `${standIns}/async-storage.ts`,
    '^react-native-safe-area-context$': `${standIns}/safe-area.ts`,
  },
}

/** The screens on both platforms, against one server. */
module.exports = {
  testTimeout: 60_000,
  globalSetup: '<rootDir>/test/app/server-up.mjs',
  globalTeardown: '<rootDir>/test/app/server-down.mjs',
  projects: [
    { ...common, preset: 'jest-expo/ios' },
    { ...common, preset: 'jest-expo/android' },
  ],
}
