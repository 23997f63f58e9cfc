import { describe, expect, test } from 'vitest'
import { bundleOf, exportFor, run } from './expo.ts'

/** Words that only one of the SDK's entries has. */
const onlyNative = 'stagedoor:tokens'
const onlyBrowser = 'BroadcastChannel'

describe('The Expo example', () => {
  test.each(['android', 'ios'])('is bundled for %s with the entry of React Native', (platform) => {
    exportFor(platform)
    const bundle = bundleOf(platform)
    expect(bundle.includes(onlyNative)).toBe(true)
    expect(bundle.includes(onlyBrowser)).toBe(false)
  })

  test('owns the scheme of its redirect URI on both platforms, and says what it asks for a microphone for', () => {
    const config = JSON.parse(run('expo', ['config', '--type', 'introspect', '--json']))
    const { infoPlist } = config.ios
    expect(infoPlist.CFBundleURLTypes[0].CFBundleURLSchemes).toContain('stagedoor-upload')
    const manifest = JSON.stringify(config._internal.modResults.android.manifest)
    expect(manifest).toContain('"android:scheme":"stagedoor-upload"')
    expect(manifest).toContain('android.permission.RECORD_AUDIO')
    expect(infoPlist.NSMicrophoneUsageDescription).toBe('Record the track that you publish.')
  })

  test('has no type errors', () => {
    run('tsc', ['-p', '.'])
  })
})
