import { type Filling, quoted, settings } from './snippet.ts'

/** A whole page that needs no bundler: what it loads comes from this server. */
export const webSnippet = (filling: Filling): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>My page</title>
  <p id="words">One moment…</p>
  <button id="log-in" hidden></button>
  <button id="log-out" hidden>Log out</button>
  <script type="module">
    import { sdk } from ${quoted(`${filling.server}/sdk/browser.mjs`)}
    import { wordsFor } from ${quoted(`${filling.server}/sdk/words.mjs`)}

    const { oauth } = sdk({
      ${settings(filling, '      ')}
    })
    const words = document.getElementById('words')
    const logIn = document.getElementById('log-in')
    const logOut = document.getElementById('log-out')
    logIn.textContent = ${quoted(`Log in with ${filling.brand}`)}

    async function run(action) {
      let user = null
      try {
        await action
        words.textContent = 'You are not logged in.'
      } catch (error) {
        words.textContent = wordsFor(error)
      }
      try {
        if (await oauth.isAuthenticated()) user = await oauth.getUser()
        if (user) words.textContent = 'Hello ' + user.name
      } catch (error) {
        words.textContent = wordsFor(error)
      }
      logIn.hidden = user !== null
      logOut.hidden = user === null
    }

    logIn.onclick = () => run(oauth.login({ scope: 'read' }))
    logOut.onclick = () => run(oauth.logout())
    run(oauth.handleRedirect())
  </script>
</html>
`
