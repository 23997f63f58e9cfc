/** Node's own `fetch`, which `environment.js` hands into the tests. */
declare var nodeFetch: typeof fetch

declare module '@react-native-async-storage/async-storage/jest/async-storage-mock'
