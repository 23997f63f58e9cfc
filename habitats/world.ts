import { fileServer } from '@stagedoor/testkit/server'
import { afterAll } from 'vitest'
import { startBrowser } from '../e2e/harness/browser.ts'

/** What every habitat shares: a server with a registered app, a browser, and the table of what was seen to work. */
export const apiKey = '0057a6ed000057a6ed000057a6ed000057a6ed00'
export const server = await fileServer({}, { apiKey, handles: [], confirmsByLink: false })

export const chromium = await startBrowser()
afterAll(() => chromium.close())

export const rows: string[] = []
export const works = (where: string, version: string, what: string) =>
  rows.push(`| ${where} | ${version} | ${what} |`)
