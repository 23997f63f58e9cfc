import { sdk } from './browser.ts'
import { defineLoginButton } from './button.ts'

// All of it in one script: the page needs the tag, and no script of its own.
defineLoginButton(sdk)
