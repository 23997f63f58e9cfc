module.exports = (api) => {
  api.cache.using(() => process.env.HERMES_PROFILE)
  // The Hermes that npm has is from the time of React Native 0.70.
  return { presets: [['babel-preset-expo', { unstable_transformProfile: process.env.HERMES_PROFILE }]] }
}
