import { startBrowser } from '../../e2e/harness/browser.ts'

/** Chromium that plays what is published. */
export interface Player {
  /** Plays an address until sound has come out, or to its end; answers the seconds that it says it has. */
  play(url: string): Promise<number>
  close(): Promise<void>
}

export async function openPlayer(): Promise<Player> {
  const browser = await startBrowser()
  const page = await browser.newPage()
  return {
    play: (url) =>
      page.evaluate(
        (source) =>
          new Promise<number>((resolve, reject) => {
            const audio = new Audio(source)
            // Chromium plays what makes no noise without a click.
            audio.muted = true
            const heard = () => {
              if (audio.currentTime === 0) return
              resolve(audio.duration)
              audio.removeAttribute('src')
            }
            audio.ontimeupdate = heard
            audio.onended = heard
            audio.onerror = () => reject(new Error(`${audio.error?.code} ${audio.error?.message}`))
            void audio.play()
          }),
        url,
      ),
    close: () => browser.close(),
  }
}
