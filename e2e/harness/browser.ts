import { type Browser, chromium, firefox } from 'playwright-core'
import { findProgram } from './program.ts'

/** Starts the machine's own Chromium, with its popup blocker as people have it. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findProgram({
      names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
      places: [
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ],
      variable: 'CHROMIUM_PATH',
      missing:
        'The browser tests need Chromium. Install it with `apt-get install chromium` or `brew install --cask chromium`',
    }),
    ignoreDefaultArgs: ['--disable-popup-blocking'],
    args: [
      // Chromium refuses to run as root inside its sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
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
