import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, firefox } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { findProgram } from './program.ts'

/**
 * What Chromium leaves away: the suggestions below its address bar and the process it keeps ready for the next site,
 * which took more of the processor than most pages here; and what Playwright leaves away, as the last list counts alone.
 */
const featuresLeftAway = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'SpareRendererForSitePerProcess',
  'AimEnabled',
  'AutoDeElevate',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'BlockOriginHeaderModificationOnRedirect',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
]

const chromiumOptions = () => ({
  executablePath: findChromium(),
  ignoreDefaultArgs: ['--disable-popup-blocking'],
  args: [
    // Chromium refuses to run as root inside its sandbox.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--disable-features=${featuresLeftAway.join(',')}`,
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // A microphone that beeps, for whoever is allowed to hear it.
    '--use-fake-device-for-media-stream',
  ],
})

/** How long a page is waited for before the test that waits fails, in milliseconds: long, as the machine may be busy. */
export const waitLimit = 20_000

/**
 * Starts the machine's own Chromium, with its popup blocker as people have it.
 * @param more what else its command line says
 */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  const { args, ...options } = chromiumOptions()
  return chromium.launch({ ...options, args: [...args, ...more] })
}

/** Starts Chromium as somebody has it who forbade a site to keep data on the device. */
export async function startBrowserThatBlocks(
  origin: string,
): Promise<{ context: BrowserContext; stop(): Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'stagedoor-profile-'))
  const block = 2
  const exceptions = { cookies: { [`${origin},*`]: { setting: block } } }
  await mkdir(join(profile, 'Default'))
  await writeFile(
    join(profile, 'Default/Preferences'),
    JSON.stringify({ profile: { content_settings: { exceptions } } }),
  )
  const context = await chromium.launchPersistentContext(profile, chromiumOptions())
  context.setDefaultTimeout(waitLimit)
  return {
    context,
    stop: async () => {
      await context.close()
      await rm(profile, { recursive: true })
    },
  }
}

/** Starts Chromium with an extension that is loaded from its folder. */
export async function startBrowserWithExtension(extension: string): Promise<BrowserContext> {
  const { ignoreDefaultArgs, args, ...options } = chromiumOptions()
  return chromium.launchPersistentContext('', {
    ...options,
    ignoreDefaultArgs: [...ignoreDefaultArgs, '--disable-extensions'],
    args: [...args, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
  })
}

/** Starts the machine's own Firefox, spoken to by WebDriver BiDi: it needs no patched build. */
export function startFirefox(): Promise<Browser> {
  return firefox.launch({
    channel: 'moz-firefox',
    executablePath: findProgram({
      names: ['firefox-esr', 'firefox'],
      places: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
      variable: 'FIREFOX_PATH',
      missing:
        'The engine tests need Firefox. Install it with `apt-get install firefox-esr` or `brew install --cask firefox`',
    }),
  })
}
