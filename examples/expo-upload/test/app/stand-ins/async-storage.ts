import mock from '@react-native-async-storage/async-storage/jest/async-storage-mock'

/** AsyncStorage's own stand-in, which keeps things in memory. */
export default mock
