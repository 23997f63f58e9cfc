import { Builder, By, Capabilities, error, type WebDriver, type WebElement } from 'selenium-webdriver'
import { type Engine, type Tab, TIMEOUT_MS } from './agent.ts'
import { startWebKitDriver } from './webkit-driver.ts'

/** WebKitGTK, spoken to by WebDriver. Every visit is a browser of its own. */
export async function webkitEngine(): Promise<Engine> {
  const service = await startWebKitDriver()
  return {
    visit: async () => {
      const capabilities = new Capabilities({ browserName: 'MiniBrowser' })
      const driver = await new Builder().usingServer(service.url).withCapabilities(capabilities).build()
      return { tab: tabOf(driver, await driver.getWindowHandle()), end: () => driver.quit() }
    },
    stop: service.stop,
  }
}

/** What passes by itself: a page that is loading still, a button that takes no click yet. */
const passing = [
  error.NoSuchElementError,
  error.StaleElementReferenceError,
  error.ElementNotInteractableError,
  error.ElementClickInterceptedError,
]

/** The accessible name of an element; WebKitGTK answers about a hidden one with an error that has neither name nor words. */
const nameOf = (element: WebElement): Promise<string> =>
  element.getAccessibleName().catch((failure) => {
    if (failure instanceof Error && failure.name === 'WebDriverError' && failure.message === '') return ''
    throw failure
  })

function tabOf(driver: WebDriver, handle: string): Tab {
  const here = () => driver.switchTo().window(handle)

  /** Tries until it is answered with something. */
  async function until<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
    let answer: T | undefined
    await here()
    const succeeds = async () => {
      try {
        answer = await attempt()
      } catch (failure) {
        if (!passing.some((kind) => failure instanceof kind)) throw failure
      }
      return answer !== undefined
    }
    await driver.wait(succeeds, TIMEOUT_MS, `There is no ${what}.`, 50)
    if (answer === undefined) throw new Error(`There is no ${what}.`)
    return answer
  }

  /** Does something with the element that has an accessible name. */
  const withNamed = (selector: string, name: string, action: (element: WebElement) => Promise<void>) =>
    until(`${selector} “${name}”`, async () => {
      for (const element of await driver.findElements(By.css(selector))) {
        if ((await nameOf(element)) !== name) continue
        await action(element)
        return true
      }
      return undefined
    })

  const press = async (name: string) => void (await withNamed('button', name, (button) => button.click()))

  return {
    press,
    open: async (url) => {
      await here()
      await driver.get(url)
    },
    reload: async () => {
      await here()
      await driver.navigate().refresh()
    },
    close: async () => {
      await here()
      await driver.close()
    },
    pressForPopup: async (name) => {
      const known = await driver.getAllWindowHandles()
      await press(name)
      const popup = await until('popup', async () =>
        (await driver.getAllWindowHandles()).find((each) => !known.includes(each)),
      )
      return tabOf(driver, popup)
    },
    pressAndClose: async (name) => {
      await press(name)
      const isClosed = async () => !(await driver.getAllWindowHandles()).includes(handle)
      await driver.wait(isClosed, TIMEOUT_MS, `The popup is still there after “${name}”.`, 50)
    },
    fill: async (label, value) => {
      // WebKit has no answer to the accessible name of what nobody can see.
      await withNamed('input:not([type=hidden])', label, async (field) => {
        await field.clear()
        await field.sendKeys(value)
      })
    },
    see: async (words) => {
      await until(`word of “${words}”`, async () => {
        const text = await driver.findElement(By.css('body')).getText()
        return text.includes(words) || undefined
      })
    },
    url: async () => {
      await here()
      return driver.getCurrentUrl()
    },
    evaluate: async (expression) => {
      await here()
      return String(await driver.executeScript(`return ${expression}`))
    },
  }
}
