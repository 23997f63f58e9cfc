/** Rows whose guard is not built yet, and what an app can do meanwhile. */
export const open: Readonly<Record<string, string>> = {
  'RN-8':
    'The SDK has no token store of its own for the keychain; an app that wants one passes it as `tokenStore`.',
  'RN-9': 'As for RN-8: tokens lie in AsyncStorage, which goes with the app.',
}
